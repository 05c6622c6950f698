#!/usr/bin/perl
# What `make bench` is made of: big inputs are the same for the same seed, no block recurs in them, lexicons are as told, and
# the md4c driver parses as the program does. Nothing is measured here.
use strict;
use warnings;
use File::Temp qw(tempdir);
use JSON::PP;
use Test::More;

my $dir = tempdir(CLEANUP => 1);
my $cc = $ENV{TT_CC} // 'cc';
is system("$cc -std=c11 -D_GNU_SOURCE -o '$dir/gen' tests/bench/gen.c"), 0, 'the generator compiles';
sub gen { return system("$dir/gen", @_, 'tests/archive') }
sub slurp { my ($f) = @_; open my $h, '<:raw', $f or die "$f: $!"; local $/; return scalar <$h> }
sub all_of { my ($d) = @_; return map { ($_ => slurp("$d/$_")) } map { m{([^/]+)$} } sort glob "$d/*" }

# ---- Markdown ----
is gen('markdown', 1, 400_000, 8, "$dir/md"), 0, 'markdown';
is gen('markdown', 1, 400_000, 8, "$dir/again"), 0, 'and again';
is gen('markdown', 2, 400_000, 8, "$dir/other"), 0, 'with another seed';
my %md = all_of("$dir/md");
is_deeply {all_of("$dir/again")}, \%md, 'the same seed gives the same bytes';
my %other = all_of("$dir/other");
is_deeply [sort keys %other], [sort keys %md], 'another seed gives the same names';
is scalar(grep { $other{$_} eq $md{$_} } keys %md), 0, 'and no file with the same bytes';
is scalar(keys %md), 8, 'as many files as asked for';
my $size = 0;
$size += length for values %md;
cmp_ok $size, '>=', 400_000, 'as large as asked for';
cmp_ok $size, '<', 450_000, 'and hardly larger';
my @dates = map { /^date: (\S+)$/m ? $1 : () } @md{sort keys %md};
my %dates = map { $_ => 1 } @dates;
cmp_ok scalar(@dates), '>=', 1, 'front matter is kept';
is scalar(keys %dates), scalar(@dates), 'with a date of its own in each file';
is_deeply [sort @dates], [grep { exists $md{"$_.md"} } sort @dates], 'that the name says too';

# Blocks by blank lines, as a reader of Markdown cuts them, but for headings and what has no word.
my (%seen, @twice);
my $n_blocks = 0;
for my $text (values %md) {
    for my $block (split /\n\s*\n|\n(?=\s*(?:[-*+]|\d+[.)]) )/, $text =~ s/\A---\n.*?^---\n//smr) {
        $block =~ s/^#.*\n?//mg;
        next if $block !~ /(?:^|[ \n\[*_"])[A-Za-z]{3,}(?:[ \n.,;:!?*_\]"]|$)/;
        $n_blocks++;
        push @twice, $block if $seen{$block}++;
    }
}
cmp_ok $n_blocks, '>', 500, 'there are blocks';
is_deeply \@twice, [], 'no block recurs';
like join('', values %md), qr/^## /m, 'headings stay';
my $boiler = `@{[$ENV{TT_BUILD} // 'build/release']}/tagtrend mentions -q -l lexicons --zones=boilerplate $dir/md`;
is scalar(split /\n/, $boiler), 1, 'and the program finds no boilerplate in it';

# One word in twenty: as many are new as the sources have not.
my %known;
$known{lc $_}++ for map { slurp($_) =~ /[A-Za-z]+/g } glob 'tests/archive/*/*.md';
my @words = map { /\b[a-z]{3,}\b/g } values %md;
my $new = grep { !$known{$_} } @words;
cmp_ok $new / @words, '>', 0.01, 'made words stand in it';
cmp_ok $new / @words, '<', 0.10, 'and are few';

# ---- the other forms ----
is gen('jsonl', 1, 100_000, 5, "$dir/rows.jsonl"), 0, 'jsonl';
my @rows = map { decode_json($_) } split /\n/, slurp("$dir/rows.jsonl");
is scalar(@rows), 5, 'as many rows as asked for';
is_deeply [sort keys %{$rows[0]}], [qw(body date title)], 'with the fields that the program knows';
like $rows[4]{body}, qr/\n/, 'and a body of lines';
is gen('text', 1, 100_000, 5, "$dir/text"), 0, 'text';
my %text = all_of("$dir/text");
is scalar(grep { /\.txt$/ } keys %text), 5, 'is .txt';
unlike join('', values %text), qr/^#|\]\(|\*\*/m, 'without marks';

# ---- lexicons ----
for my $n (50, 1000, 10_000) {
    is gen('lexicon', 1, $n, 0, "$dir/$n"), 0, "a lexicon of $n";
    my @terms = split /\n/, slurp("$dir/$n.txt");
    my %terms = map { $_ => 1 } @terms;
    is scalar(keys %terms), $n, 'terms, each once';
    is scalar(grep { / / } @terms), 0.3 * $n, '30 % phrases';
    my ($head, @csv) = split /\n/, slurp("$dir/$n.csv");
    is $head, 'topic,term', 'as a lexicon';
    is_deeply [map { (split /,/)[1] } @csv], \@terms, 'of the same terms';
}

# ---- refusals ----
isnt system("$dir/gen nothing 2>'$dir/err'"), 0, 'too few arguments are an error';
like slurp("$dir/err"), qr/^usage: /, 'that says how';
isnt system("$dir/gen markdown 1 1000 1 '$dir/md' tests/archive 2>'$dir/err'"), 0, 'a folder that is there is not written into';
like slurp("$dir/err"), qr/cannot be made/, 'and the message says so';
mkdir "$dir/empty";
isnt system("$dir/gen markdown 1 1000 1 '$dir/x' '$dir/empty' 2>'$dir/err'"), 0, 'an empty archive is an error';

my ($ours) = slurp('src/parse/markdown.c') =~ /\.flags = ([A-Z_ |]+),/;
my ($theirs) = slurp('tests/bench/md4c.c') =~ /\.flags = ([A-Z_ |]+),/;
ok defined $ours, 'the program says which flags it gives md4c';
is $theirs, $ours, 'the driver gives the same';
done_testing;
