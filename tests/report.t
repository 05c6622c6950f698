#!/usr/bin/perl
# The set of files of `report`: complete, reproducible, redrawn by each script alone, equal to reports/sample.
use strict;
use warnings;
use Cwd qw(abs_path);
use Digest::SHA qw(sha256_hex);
use File::Temp qw(tempdir);
use JSON::PP;
use Test::More;

my $root = abs_path('.');
my $tagtrend = abs_path(($ENV{TT_BUILD} // 'build/release') . '/tagtrend');
my $tmp = tempdir(CLEANUP => 1);
sub slurp { my ($f) = @_; open my $h, '<:raw', $f or return; local $/; return <$h> }

is system("$tagtrend report -l lexicons --title 'Model Weather' -o '$tmp/out' tests/archive 2>'$tmp/err'") >> 8, 0, 'report runs';
my @csv = qw(issues counts trends-by-year trends-by-month trends-by-section trends-wide topics links);
ok -s "$tmp/out/$_", "$_ is there" for (map { "$_.csv" } @csv), 'datapackage.json', 'index.html', 'tagtrend.json';
my @scripts = grep { !/card\.gp$/ } glob "$tmp/out/charts/*.gp $tmp/out/2*/charts/*.gp"; # cards: tests/review.t
is +(grep { m{/out/charts/} } @scripts), 4, 'four charts over all years';
is +(grep { m{/out/2020/charts/} } @scripts), 11, 'and of 2020 all but that of people: the sample names none';
for my $gp (@scripts) {
    (my $stem = $gp) =~ s/\.gp$//;
    ok -s "$stem.$_", "$stem.$_" for qw(svg png);
    is substr(slurp("$stem.png"), 0, 8), "\x89PNG\r\n\x1a\n", 'a PNG';
}

# every hash of tagtrend.json is that of its file, and no file of the set lacks one
my $all = decode_json(slurp("$tmp/out/tagtrend.json"));
my %files = map { $_->{path} => $_ } @{$all->{files}};
is "sha256:" . sha256_hex(slurp("$tmp/out/$_")), $files{$_}{hash}, "hash of $_" for sort keys %files;
chomp(my @there = `cd '$tmp/out' && find . -type f | sed 's,^./,,' | LC_ALL=C sort`);
is_deeply [grep { $_ ne 'tagtrend.json' } @there], [sort keys %files], 'the set is complete';

# its tables say what the CSV files say
sub csv_rows { my ($f) = @_; my ($text, @rows, @row) = (slurp($f));
    utf8::decode($text);
    while ($text =~ /\G(?:"((?:[^"]|"")*)"|([^,\n]*))([,\n])/g) {
        push @row, defined $1 ? $1 =~ s/""/"/gr : $2;
        push @rows, [splice @row] if $3 eq "\n";
    }
    return @rows }
is_deeply [map { $_->{name} } @{$all->{tables}}], [grep { $_ ne 'trends-wide' } @csv], 'all tables but the wide one';
for my $table (@{$all->{tables}}) {
    my ($head, @rows) = csv_rows("$tmp/out/$table->{name}.csv");
    is_deeply $table->{fields}, $head, "fields of $table->{name}";
    is_deeply [map { [map { $_ // '' } @$_] } @{$table->{rows}}], \@rows, "rows of $table->{name}";
}

# nothing of this machine
for my $f (@there) {
    my $text = slurp("$tmp/out/$f");
    next if $f =~ /\.png$/;
    unlike $text, qr/\Q$root\E|\Q$tmp\E/, "no path of this machine in $f";
}

# each script alone, in another folder, draws the same bytes
for my $gp (@scripts) {
    my ($folder, $name) = $gp =~ m{out/(.*)/([^/]+)\.gp$};
    mkdir "$tmp/alone";
    system("cp '$gp' '$tmp/alone/'");
    is system("cd / && LC_ALL=C.UTF-8 gnuplot '$tmp/alone/$name.gp' 2>'$tmp/gp.err'") >> 8, 0, "$folder/$name.gp runs alone";
    is slurp("$tmp/gp.err"), '', "$name.gp says nothing";
    ok slurp("$tmp/alone/$name.svg") eq slurp("$tmp/out/$folder/$name.svg"), "$folder/$name.svg is the same";
}

# a second run into the same folder changes nothing; a folder with a report is not read as an archive
system("cp -r '$tmp/out' '$tmp/before' && $tagtrend report -q -l lexicons --title 'Model Weather' -o '$tmp/out' tests/archive");
is system("diff -r '$tmp/before' '$tmp/out' >&2"), 0, 'run again: the same';

# without charts
is system("$tagtrend report -q --no-charts -l lexicons -o '$tmp/plain' tests/archive") >> 8, 0, '--no-charts';
ok !-e "$tmp/plain/charts", 'no charts then';

# the golden: all bytes, but for pictures of another gnuplot, of which titles and numbers must agree
sub version { my ($svg) = @_; $svg =~ /(GNUPLOT [\d.]+ patchlevel \S+)/ ? $1 : '' }
sub words { my ($svg) = @_; join "\n", $svg =~ /<text>(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?<\/text>/gs, $svg =~ />([^<>]+)<\/tspan>/g }
my ($gold_svg) = glob 'reports/sample/charts/*.svg';
my $same_gnuplot = $gold_svg && version(slurp($gold_svg)) eq version(slurp($scripts[0] =~ s/\.gp$/.svg/r));
diag 'another gnuplot than that of reports/sample: of pictures only the words are compared' unless $same_gnuplot;
chomp(my @gold = `cd reports/sample && find . -type f | sed 's,^./,,' | LC_ALL=C sort`);
is_deeply \@there, \@gold, 'the same files as reports/sample';
for my $f (@there) {
    my ($got, $want) = (slurp("$tmp/out/$f"), slurp("reports/sample/$f") // '');
    if ($f =~ /\.png$/) {
        next;
    } elsif (!$same_gnuplot && $f =~ /\.svg$/) {
        is words($got), words($want), "words of $f";
    } elsif ($f eq 'tagtrend.json') {
        my ($g, $w) = map { decode_json($_) } $got, $want;
        for ($g, $w) {
            $_->{files} = [grep { $_->{path} !~ /\.(png|svg)$|index\.html$/ } @{$_->{files}}];
        }
        is_deeply $g, $w, "golden: $f";
    } elsif (!$same_gnuplot && $f =~ /index\.html$/) {
        s/<svg.*?<\/svg>//gs for $got, $want;
        ok $got eq $want, "golden: $f";
    } else {
        ok $got eq $want, "golden: $f";
    }
}

# failures: nowhere to write, no gnuplot
is system("$tagtrend report -l lexicons -o /dev/null/x tests/archive 2>'$tmp/err'") >> 8, 2, 'a folder that cannot be made';
like slurp("$tmp/err"), qr/cannot make the folder/, 'and why';
is system("PATH=/nowhere $tagtrend report -q -l lexicons -o '$tmp/nogp' tests/archive 2>'$tmp/err'") >> 8, 2, 'no gnuplot';
like slurp("$tmp/err"), qr/gnuplot/, 'and why';
done_testing;
