#!/usr/bin/perl
# The man page says what the program does: the same options and commands as --help, and EXAMPLES that run.
use strict;
use warnings;
use Cwd qw(abs_path);
use Test::More;

my $tagtrend = abs_path(($ENV{TT_BUILD} // 'build/release') . '/tagtrend');
open my $h, '<', 'src/cli/tagtrend.1' or die $!;
my $man = do { local $/; <$h> };

my %in_man = map { $_ => 1 } $man =~ /^\.It (?:Fl \w , )?Fl Fl ([a-z-]+)/mg;
my %letters = reverse $man =~ /^\.It Fl (\w) , Fl Fl ([a-z-]+)/mg;
my ($commands) = `$tagtrend --help` =~ /\n\n((?:  \w+  +.*\n)+)/;
my @commands = ($commands // '') =~ /^  (\w+)/mg;
my %in_help;
for my $command (@commands) {
    like $man, qr/^\.It Ic $command$/m, "the man page has the command $command";
    for (split /\n/, `$tagtrend $command --help`) {
        next unless /^  (?:-(\w),|   ) --([a-z-]+)/;
        $in_help{$2} = 1;
        is $letters{$2}, $1, "the letter of --$2 in $command" if defined $1;
    }
}
ok @commands >= 6, 'there are commands';
is_deeply [sort keys %in_man], [sort keys %in_help], 'man page and --help have the same options';

my @examples = map { s/\\\(dq/"/gr =~ s/\\&//gr } $man =~ /^\.Dl (tagtrend .*)$/mg;
ok @examples >= 4, 'there are examples';
for my $example (@examples) {
    (my $cmd = $example) =~ s/^tagtrend/$tagtrend/;
    my $out = `$cmd 2>/dev/null`;
    is $? >> 8, 0, "runs: $example";
    ok length $out > 20, "prints something: $example";
}
# the README's example too
open my $r, '<:raw', 'README.md' or die $!;
my $readme = do { local $/; <$r> };
my ($cmd, $want) = $readme =~ /^\$ build\/(tagtrend mentions .*)\n((?:.*\n)*?)```/m;
ok $cmd, 'the README has an example';
(my $run = $cmd // '') =~ s/^tagtrend/$tagtrend/;
is `$run 2>/dev/null`, $want, "README: $cmd";
for my $row (grep { /^\| 20/ } split /\n/, $readme) {
    my ($period, $complete, $mentions, $with, $issues, $rate, $share, $low, $high) = $row =~ /([\d.]+)/g;
    my ($got) = grep { /^$period,/ } `$tagtrend trends -q -l lexicons --topic openai tests/archive`;
    my @got = (split /,/, $got // '')[0, 3, 8, 9, 10, 12, 15, 16, 17];
    is "@got", "$period $complete $mentions $with $issues $rate $share $low $high", "README: the row of $period";
}
SKIP: {
    skip 'mandoc is not here', 1 if system('command -v mandoc >/dev/null 2>&1') != 0;
    is `mandoc -T lint -W warning src/cli/tagtrend.1 2>&1`, '', 'mandoc finds nothing';
}
done_testing;
