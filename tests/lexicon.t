#!/usr/bin/perl
# The curated lexicons: `check` is silent on them, they have what they must have, and on issues labelled by hand
# (tests/spec/labels.csv: mentions per issue, section and topic; no text) precision and recall are at least 0.99.
use strict;
use warnings;
use Cwd qw(abs_path);
use Test::More;

my $tagtrend = abs_path(($ENV{TT_BUILD} // 'build/release') . '/tagtrend');
my @ids = qw(openai microsoft google deepmind facebook apple amazon nvidia tesla github twitter uber stanford gpt bert gan
    transformer pytorch tensorflow copilot climate self-driving computer-vision reinforcement-learning facial-recognition
    deepfakes privacy covid-19 neurips arxiv distill);

is `$tagtrend check lexicons 2>&1`, '', 'check lexicons finds nothing';
is $? >> 8, 0, 'and ends with 0';
my (%topics, $terms);
for my $f (grep { !/sections/ } glob 'lexicons/*.csv') {
    open my $h, '<', $f or die $!;
    <$h>;
    while (<$h>) { my ($t) = /^([^,]*),/; next if $t eq '-'; $topics{$t} = 1; $terms++ }
}
cmp_ok scalar keys %topics, '>=', 600, 'topics';
cmp_ok $terms, '>=', 1800, 'terms';
ok $topics{$_}, "topic $_" for @ids;

SKIP: {
    my $corpus = $ENV{TAGTREND_CORPUS};
    skip 'TAGTREND_CORPUS is not set: labels are not compared', 3 unless $corpus;
    is `$tagtrend check lexicons $corpus/dynamically-typed 2>/dev/null`, '', 'nor with the archive at hand';
    my (%want, %got, %issues);
    open my $h, '<', 'tests/spec/labels.csv' or die $!;
    <$h>;
    while (<$h>) { chomp; my ($i, $s, $t, $n) = split /,/; $want{"$i,$s,$t"} = $n; $issues{$i} = 1 }
    my %wanted = map { $_ => 1 } @ids;
    for (split /\n/, `$tagtrend counts -q -l lexicons $corpus/dynamically-typed`) {
        my ($i, undef, undef, undef, $s, $t) = split /,/;
        my ($n) = /,(\d+),\d+$/;
        $got{"$i,$s,$t"} = $n if $issues{$i} && $wanted{$t};
    }
    my ($both, $all_want, $all_got) = (0, 0, 0);
    for my $k (sort keys %{{%want, %got}}) {
        my ($w, $g) = ($want{$k} // 0, $got{$k} // 0);
        $both += $w < $g ? $w : $g;
        $all_want += $w;
        $all_got += $g;
        diag "$k: labelled $w, counted $g" if $w != $g;
    }
    cmp_ok $both / $all_got, '>=', 0.99, "precision: $both of $all_got";
    cmp_ok $both / $all_want, '>=', 0.99, "recall: $both of $all_want";
}
done_testing;
