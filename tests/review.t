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
        my @links = grep { $_ ne 'index.html' } map { s/&amp;/&/gr } $md =~ /\]\(([^)]*)\)/g;
        my $csv = slurp("$out/links.csv");
        is join(' ', grep { index($csv, $_) < 0 } @links), '', "$name $year: review.md links issues as others do (" . @links . ')';
    }
    like slurp("$out/index.html"), qr{<a href="$_/index.html">$_ in review</a>}, "$name: index.html links $_" for @years;
}

# pictures are where review.md and the page say
is system("$tagtrend report -q -l lexicons -o $tmp/full tests/archive") >> 8, 0, 'with charts';
for my $year (2019 .. 2021) {
    my @pictures = slurp("$tmp/full/$year/review.md") =~ /!\[[^\n]*?\]\((charts\/[^)]*)\)/g;
    ok @pictures > 5, "$year: review.md has pictures";
    is join(' ', grep { !-s "$tmp/full/$year/$_" } @pictures), '', "$year: they are there";
    my @hrefs = grep { !/^(data|https?):/ } slurp("$tmp/full/$year/index.html") =~ /href="([^"#][^"]*)"/g;
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

# who starts it may not care for its children: gnuplot's end is seen all the same
is system($^X, '-e', '$SIG{CHLD} = "IGNORE"; exec @ARGV', $tagtrend, qw(report -q --year 2020 -l lexicons -o), "$tmp/ignored",
    'tests/archive') >> 8, 0, 'SIGCHLD ignored by the caller';

# one year: the others of the run before go, but what is not ours stays
open my $h, '>', "$tmp/full/2019/mine.txt" or die; print $h 'mine'; close $h;
is system("$tagtrend report -q --year 2020 -l lexicons -o $tmp/full tests/archive") >> 8, 0, '--year 2020';
ok !-e "$tmp/full/2021", '2021 is gone';
is join(' ', map { s{.*/}{}r } glob "$tmp/full/2019/*"), 'mine.txt', 'of 2019 my own file is left';
like slurp("$tmp/full/2020/review.md"), qr/2019 had 11 issues/, '2020 is still compared with 2019';

# a folder that only bears the name of a year is none of ours; one of a run that came to no page is
for my $year (1998, 1999) {
    mkdir "$tmp/full/$year";
    mkdir "$tmp/full/$year/charts";
    for my $name ($year == 1998 ? qw(index.html review.md card.png charts/models.svg) : qw(charts/models.gp charts/models.svg)) {
        open $h, '>', "$tmp/full/$year/$name" or die;
        print $h $name eq 'charts/models.gp' ? slurp("$tmp/full/2020/$name") : 'mine';
        close $h;
    }
}
is system("$tagtrend report -q --no-charts -l lexicons -o $tmp/full tests/archive") >> 8, 0, 'without charts in the same folder';
ok -s "$tmp/full/1998/$_", "$_ of a folder 1998 that is not ours stays" for qw(index.html review.md card.png charts/models.svg);
ok !-e "$tmp/full/1999", 'what an interrupted run left goes';
ok !-e "$tmp/full/2020/card.png" && !glob("$tmp/full/2020/charts/*"), 'no charts, no card';
ok -s "$tmp/full/2020/index.html", 'but the page';

# years before 1000 have four digits, too, as in the tables
mkdir "$tmp/old";
for my $year ('0987', '1002') {
    for my $month (1 .. 6) {
        open my $h, '>', "$tmp/old/$year.$month.md" or die;
        print $h "---\ntitle: Letter\ndate: $year-0$month-01\n---\n\nOpenAI and Google here.\n";
        close $h;
    }
}
is system("$tagtrend report -q --no-charts -l lexicons -o $tmp/old-out $tmp/old") >> 8, 0, 'a year before 1000';
ok -s "$tmp/old-out/0987/index.html", 'has a folder of four digits';
like slurp("$tmp/old-out/index.html"), qr{href="0987/index.html"}, 'to which index.html leads';
like slurp("$tmp/old-out/1002/index.html"), qr/ 0988 to 1001: fewer than 5 issues, no ranks/, 'years without issues in short';
is system("$tagtrend report -q --no-charts -l lexicons -o $tmp/old-out tests/archive") >> 8, 0, 'another archive';
ok !-e "$tmp/old-out/0987", 'takes it away';
done_testing;
