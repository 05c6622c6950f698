#!/usr/bin/perl
# The same input gives the same bytes: under any locale and time zone, in any folder, run twice.
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Temp qw(tempdir);
use Test::More;

my $root = abs_path('.');
my $tagtrend = abs_path(($ENV{TT_BUILD} // 'build/release') . '/tagtrend');
my $tmp = tempdir(CLEANUP => 1);
my @archives = ("$root/tests/archive");
if ($ENV{TAGTREND_CORPUS}) {
    push @archives, map { abs_path("$ENV{TAGTREND_CORPUS}/$_") } qw(dynamically-typed haskell-weekly seeds);
} else {
    diag 'TAGTREND_CORPUS is not set: only the sample archive is read';
}

# Turkish: i and I do not fold into each other there, and numbers have a comma.
system("mkdir -p '$tmp/locale' && localedef -i tr_TR -f UTF-8 '$tmp/locale/tr_TR.UTF-8'") == 0
    or diag 'localedef could not make tr_TR.UTF-8';
ok -d "$tmp/locale/tr_TR.UTF-8", 'the Turkish locale is there';
is `LOCPATH='$tmp/locale' LC_ALL=tr_TR.UTF-8 locale decimal_point`, ",\n", 'and is in force';

my @worlds = ('LC_ALL=C TZ=UTC', "LOCPATH='$tmp/locale' LC_ALL=tr_TR.UTF-8 TZ=Pacific/Kiritimati",
              'LC_ALL=C.UTF-8 TZ=America/St_Johns', 'LC_ALL=C TZ=UTC');
my @commands = ('issues', 'counts', 'trends --by month', 'trends --by-section -f json', 'mentions', 'mentions -f jsonl', 'topics -f text',
                'suggest', 'suggest --year 2020 -f json');
for my $archive (@archives) {
    my ($name) = $archive =~ m{([^/]+)$};
    for my $command (@commands) {
        my @sums = map { (split ' ', `cd '$tmp' && env $_ $tagtrend $command -l '$root/lexicons' '$archive' 2>&1 | sha256sum`)[0] } @worlds;
        my %seen = map { $_ => 1 } @sums;
        is keys %seen, 1, "$name: $command";
    }
}
my $n = 0;
for my $world (@worlds) {
    $n++;
    is system("cd '$tmp' && env $world $tagtrend report -l '$root/lexicons' -o '$tmp/r$n' '$root/tests/archive' 2>/dev/null") >> 8, 0, "report: $world";
}
is system("diff -r '$tmp/r1' '$tmp/r$_' >&2"), 0, "report $_ is the same as the first" for 2 .. $n;
done_testing;
