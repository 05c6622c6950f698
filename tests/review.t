#!/usr/bin/perl
# The years of `report`: every number opens with the command beside it, every link and picture of review.md is there, years
# of an earlier run go, other people's files stay. With TAGTREND_CORPUS on the corpora, too.
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Temp qw(tempdir);
use Test::More;

my $tagtrend = abs_path(($ENV{TT_BUILD} // 'build/release') . '/tagtrend');
my $tmp = tempdir(CLEANUP => 1);
sub slurp { my ($f) = @_; open my $h, '<:raw', $f or return ''; local $/; return <$h> }
sub text { my ($s) = @_; s/&lt;/</g, s/&gt;/>/g, s/&quot;/"/g, s/&#39;/'/g, s/&amp;/&/g for $s; return $s }

# [rows, command] of a page, in their order
sub opens { my ($page) = @_;
    my @v;
    while ($page =~ m{<td>([^<]*)</td><td class="left"><code>(tagtrend [^<]*)</code>}g) {
        my ($rows, $command) = ($1, text($2));
        $rows =~ s/\xE2\x80\xAF//g;
        push @v, [$rows, $command];
    }
    return @v }

my @archives = (['sample', 'tests/archive', 'lexicons', 1]);
if ($ENV{TAGTREND_CORPUS}) {
    push @archives, ['dynamically-typed', "$ENV{TAGTREND_CORPUS}/dynamically-typed", 'lexicons', 0],
        ['haskell-weekly', "$ENV{TAGTREND_CORPUS}/haskell-weekly", 'tests/haskell.csv', 0];
} else {
    diag 'TAGTREND_CORPUS is not set: commands are tried on the sample alone';
}
for (@archives) {
    my ($name, $archive, $lexicon, $all) = @$_;
    my $out = "$tmp/$name";
    system("$tagtrend report -q --no-charts -l $lexicon -o $out $archive");
    my @years = map { m{/(\d{4})/index\.html$} } glob "$out/*/index.html";
    ok @years, "$name: there are years";
    for my $year (@years) {
        my @v = opens(slurp("$out/$year/index.html"));
        my @sentences = opens((split /<h2>The charts/, slurp("$out/$year/index.html"))[0]);
        ok @v > @sentences, "$name $year: sentences and topics have commands";
        splice @v, @sentences + 3 unless $all;
        my @bad;
        for (@v) {
            my ($rows, $command) = @$_;
            $command =~ s/^tagtrend/$tagtrend/;
            my $got = () = `$command -q -f jsonl -l $lexicon $archive` =~ /\n/g;
            push @bad, "$rows rows, but $got: $command" if $got != $rows;
        }
        is "@bad", '', "$name $year: each command has exactly so many rows (" . @v . ')';
        my $md = slurp("$out/$year/review.md");
        unlike $md, qr/!\[/, "$name $year: no pictures with --no-charts";
        my @links = map { s/%([0-9A-F]{2})/chr hex $1/ger } $md =~ /\]\(([^)]*)\)/g;
        is join(' ', grep { !-f "$archive/$_" } @links), '', "$name $year: review.md links issues that are there (" . @links . ')';
    }
    like slurp("$out/index.html"), qr{<a href="$_/index.html">$_ in review</a>}, "$name: index.html links $_" for @years;
}

# pictures are where review.md and the page say
is system("$tagtrend report -q -l lexicons -o $tmp/full tests/archive") >> 8, 0, 'with charts';
for my $year (2019 .. 2021) {
    my @pictures = slurp("$tmp/full/$year/review.md") =~ /!\[[^\n]*?\]\((charts\/[^)]*)\)/g;
    ok @pictures > 5, "$year: review.md has pictures";
    is join(' ', grep { !-s "$tmp/full/$year/$_" } @pictures), '', "$year: they are there";
    my @hrefs = grep { !/^data:/ } slurp("$tmp/full/$year/index.html") =~ /href="([^"#][^"]*)"/g;
    is join(' ', grep { !-s "$tmp/full/$year/$_" } @hrefs), '', "$year: every link of the page leads somewhere";
    my ($w, $h) = unpack 'x16NN', slurp("$tmp/full/$year/card.png");
    is "$w x $h", '1200 x 630', "$year: the card's size";
    system("rm -rf $tmp/card && mkdir -p $tmp/card/charts && cp $tmp/full/$year/charts/card.gp $tmp/card/charts/");
    is system("cd / && gnuplot $tmp/card/charts/card.gp 2>$tmp/err") >> 8, 0, "$year: card.gp runs alone";
    is slurp("$tmp/err"), '', '… and says nothing';
    ok slurp("$tmp/card/card.png") eq slurp("$tmp/full/$year/card.png"), '… and draws the same card';
}
unlike slurp("$tmp/full/2020/review.md"), qr/\Q$tmp\E/, 'no path of this machine';

# SVG alone: review.md has SVG, the card stays
is system("$tagtrend report -q --terminal svg -l lexicons -o $tmp/full tests/archive") >> 8, 0, '--terminal svg';
like slurp("$tmp/full/2020/review.md"), qr/\]\(charts\/top-topics\.svg\)/, 'pictures of review.md are SVG then';
ok -s "$tmp/full/2020/card.png", 'the card is a PNG all the same';

# one year: the others of the run before go, but what is not ours stays
open my $h, '>', "$tmp/full/2019/mine.txt" or die; print $h 'mine'; close $h;
is system("$tagtrend report -q --year 2020 -l lexicons -o $tmp/full tests/archive") >> 8, 0, '--year 2020';
ok !-e "$tmp/full/2021", '2021 is gone';
is join(' ', map { s{.*/}{}r } glob "$tmp/full/2019/*"), 'mine.txt', 'of 2019 my own file is left';
like slurp("$tmp/full/2020/review.md"), qr/2019 had 11 issues/, '2020 is still compared with 2019';
is system("$tagtrend report -q --no-charts -l lexicons -o $tmp/full tests/archive") >> 8, 0, 'without charts in the same folder';
ok !-e "$tmp/full/2020/card.png" && !glob("$tmp/full/2020/charts/*"), 'no charts, no card';
ok -s "$tmp/full/2020/index.html", 'but the page';
done_testing;
