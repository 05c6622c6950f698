#!/usr/bin/perl
# What `ask` says is what the tables say, to the last digit, over all topics of the sample archive; the command that it
# names opens exactly as many places; --query asks a table the same; and an answer fits a screen.
use strict;
use warnings;
use Cwd qw(abs_path getcwd);
use File::Temp qw(tempdir);
use JSON::PP;
use Test::More;

my $tagtrend = abs_path(($ENV{TT_BUILD} // 'build/release') . '/tagtrend');
my $corpus = $ENV{TAGTREND_CORPUS};
my $home = tempdir(CLEANUP => 1); # with short names, so that lines are as long as a user's
for (['lexicons', abs_path('lexicons')], ['sample', abs_path('tests/archive')]) { symlink $_->[1], "$home/$_->[0]" or die $! }
my @archives = ('sample');
if ($corpus) {
    symlink abs_path("$corpus/dynamically-typed"), "$home/dynamically-typed" or die $!;
    push @archives, 'dynamically-typed';
} else {
    diag 'TAGTREND_CORPUS is not set: only the sample archive is read';
}
chdir $home or die $!;
END { chdir '/' }
delete $ENV{NO_COLOR};

# Found by name, so that commands in an answer are as short as they are for users.
$ENV{PATH} = $tagtrend =~ s{/tagtrend$}{}r . ":$ENV{PATH}";
sub text { my @cmd = @_; open my $h, '-|:raw', 'tagtrend', @cmd or die $!; my $t = do { local $/; <$h> } // ''; close $h; return $t }
sub rows {
    my (@rows, @row);
    my $text = shift;
    while ($text =~ /\G(?:"((?:[^"]|"")*)"|([^,\n"]*))([,\n])/g) {
        my ($quoted, $bare, $end) = ($1, $2, $3);
        $quoted =~ s/""/"/g if defined $quoted;
        push @row, $quoted // $bare;
        if ($end eq "\n") { push @rows, [@row]; @row = () }
    }
    my $head = shift @rows // [];
    return map { my %r; @r{@$head} = @$_; \%r } @rows;
}
sub table { return rows(text(@_)) }
sub sum { my ($k, @r) = @_; my $s = 0; $s += $_->{$k} for @r; $s }
# the rows of a table in JSON, a line each, by topic
sub lines_by_topic {
    my %by;
    for (split /\n/, shift) {
        s/\](?:\}|,)*$//;
        s/,$//;
        push @{$by{$1}}, $_ if /"topic":("(?:[^"\\]|\\.)*")/;
    }
    return \%by;
}
# the lines of one list of an answer in JSON: as printed
sub list { my ($json, $key) = @_; my ($v) = $json =~ /^"$key":\[\n(.*?)\]\}?,?$/ms or return []; return [map { s/,$//r } split /\n/, $v] }
sub digits { my ($x, $of) = @_; return $of ? 0 + sprintf('%.6g', $x / $of) : undef }
# the shell takes a command apart as a user's would
sub opened {
    my $command = shift;
    open my $h, '-|:raw', 'sh', '-c', "$command 2>/dev/null" or die $!;
    my $t = do { local $/; <$h> } // '';
    close $h;
    return scalar rows($t);
}
sub columns { my $s = shift; my $wide = () = $s =~ /\p{East_Asian_Width=W}|\p{East_Asian_Width=F}/g; my $none = () = $s =~ /\p{M}/g; return length($s) + $wide - $none }
sub screen {
    my ($name, @args) = @_;
    my $text = text('ask', @args);
    utf8::decode($text) or fail "$name: UTF-8";
    my @lines = split /\n/, $text;
    my ($widest) = sort { $b <=> $a } map { columns($_) } @lines;
    ok @lines && @lines <= 40 && $widest <= 100, "$name: a screen" or diag scalar(@lines), ' lines, ', $widest, ' columns';
    return $text;
}

for my $a (@archives) {
    my @at = ('-q', '-l', 'lexicons', $a);
    my $topics = text('topics', @at);
    my $counts = text('counts', @at);
    my $trends = text('trends', @at);
    my @mentions = table('mentions', @at);
    my @counts = rows($counts);
    my @all = rows($topics);
    my $series = lines_by_topic(text('trends', '-f', 'json', @at));
    my $overall = lines_by_topic(text('trends', '--overall', '-f', 'json', @at));
    my $places = lines_by_topic(text('mentions', '-f', 'json', @at));
    my $words = sum('words', table('issues', @at));
    my %zones;
    $zones{$_->{topic}}{$_->{zone}}++ for table('mentions', '--zones', 'all', @at);

    if ($a eq 'sample') { # report writes the same
        text('report', '-q', '--no-charts', '-o', 'report', '-l', 'lexicons', $a);
        my %file = ('topics.csv' => $topics, 'counts.csv' => $counts, 'trends-by-year.csv' => $trends);
        for (sort keys %file) {
            open my $h, '<:raw', "report/$_" or die "$_: $!";
            local $/;
            is <$h>, $file{$_}, "report: $_";
        }
    }

    my $step = $a ne 'sample' ? int(@all / 4) || 1 : $tagtrend =~ m{/asan/} ? 4 : 1; # sanitizers are slow; numbers are checked without them
    my @some = grep { my $t = $all[$_]{topic}; $_ % $step == 0 || $t eq 'openai' } 0 .. $#all;
    ok @some > 5, "$a: topics";
    my %wrong;
    for my $i (@some) {
        my $t = $all[$i];
        my $id = $t->{topic};
        my $json = text('ask', $id, '-f', 'json', @at);
        my $doc = eval { decode_json($json) } or do { $wrong{"$id: no JSON"}++; next };
        my $side = $doc->{rows}[0];
        my @counted = grep { $_->{topic} eq $id } @counts;
        my (%by_section, %by_issue, %by_zone);
        $by_section{$_->{section}} += $_->{mentions} for @counted;
        $by_issue{$_->{issue}} += $_->{mentions} for @counted;
        $by_zone{$_->{zone}} = $_->{hits} for grep { $_->{hits} } @{$side->{zones}};
        my $dated = grep { $_->{topic} eq $id && $_->{date} ne '' } @mentions;
        my $n = scalar @{$places->{qq("$id")}};
        my $check = sub { $wrong{"$id: $_[2]"}++ if !eval { is_deeply_quiet($_[0], $_[1]) } };
        $check->([$side->{kind}, $side->{topic}, $side->{label}], ['topic', $id, decode($t->{label})], 'what was asked');
        $check->([@$side{qw(mentions issues_with)}], [@$t{qw(mentions issues_with)}], 'topics');
        $check->($side->{mentions}, $n, 'mentions');
        $check->($side->{mentions}, sum('mentions', @counted), 'counts');
        $check->(list($json, 'periods'), $series->{qq("$id")}, 'trends, row by row');
        $check->(sum('mentions', @{$side->{periods}}), $dated, 'dated mentions');
        $check->(list($json, 'overall'), $overall->{qq("$id")}, 'trends --overall');
        $check->(list($json, 'latest'), latest($places->{qq("$id")}), 'the latest are rows of mentions');
        $check->([map { $_->{date} // '' } @{$side->{first}}, @{$side->{last}}], [grep { $_ ne '' } @$t{qw(first_date last_date)}], 'first, last');
        $check->({map { ($_->{section}, $_->{mentions}) } @{$side->{sections}}}, {map { (decode($_), $by_section{$_}) } keys %by_section}, 'sections');
        $check->({map { ($_->{issue}, $_->{mentions}) } @{$side->{busiest}}}, {map { (decode($_), $by_issue{$_}) } keys %by_issue}, 'busiest');
        $check->(\%by_zone, $zones{$id}, 'zones');
        $check->([@$side{qw(words per_10k_words issue_share)}],
            [$words, digits(10000 * $n, $words), digits($side->{issues_with}, $side->{issues})], 'rates');
        $check->(besides($side), [map { [@$_{qw(times_chance g2)}] } @{$side->{comes_with}}], 'G2') if @{$side->{comes_with}};
        next if $i % 6;
        $check->(opened($side->{command}), $n, "rows of `$side->{command}`");
        screen("$a: $id", $id, @at);
    }
    is join('; ', sort keys %wrong), '', "$a: ask agrees with the tables on " . @some . ' topics';

    # queries: tables can be asked the same
    my @queries = ('gpt + bert', 'gpt-3 + gpt', 'how often did I cover OpenAI in 2020?', 'model*', 'GPT / BERT', 'the / a', 'GPT-2', "OpenAI's",
        'openai + model* / the', 'Amazon rainforest');
    splice @queries, 3 if $a ne 'sample'; # they take their time
    for my $q (@queries) {
        my $doc = decode_json(text('ask', $q, '-f', 'json', @at));
        my @sides = @{$doc->{rows}};
        my @rows = table('mentions', '--query', $q, @at);
        is @rows, sum('mentions', @sides), "$a: $q: mentions";
        ok @rows > 0, "$a: $q: found";
        is sum('mentions', table('counts', '--query', $q, @at)), @rows, "$a: $q: counts";
        my @trends = table('trends', '--query', $q, @at);
        is sum('mentions', @trends), scalar(grep { $_->{date} ne '' } @rows), "$a: $q: trends";
        is sum('issues_with', table('topics', '--query', $q, @at)), sum('issues_with', @sides), "$a: $q: topics";
        for my $side (@sides) {
            is opened($side->{command}), $side->{mentions}, "$a: $q: rows of `$side->{command}`" if $side->{mentions};
            is_deeply [map { $_->{mentions} } @{$side->{periods}}], [map { $_->{mentions} } grep { decode($_->{topic}) eq $side->{topic} } @trends],
                "$a: $q: each period";
        }
        is $sides[0]{mentions}, (grep { $_->{period} eq '(all)' } @{$doc->{share}})[0]{first}, "$a: $q: the share" if $doc->{share};
        screen("$a: $q", $q, @at);
    }
}

# the same of two sides: a share counts each place of both once
{
    my $doc = decode_json(text('ask', 'gpt-3 / gpt', '-f', 'json', '-q', 'sample'));
    my ($all) = grep { $_->{period} eq '(all)' } @{$doc->{share}};
    my ($gpt3, $gpt) = @{$doc->{rows}};
    is $all->{both}, $gpt->{mentions}, 'gpt-3 / gpt: all of the first are places of the second';
    is $all->{first}, $gpt3->{mentions}, 'gpt-3 / gpt: first';
    is $all->{share_of_first}, digits($gpt3->{mentions}, $gpt->{mentions}), 'gpt-3 / gpt: the share';
    is sum('first', @{$doc->{share}}), 2 * $gpt3->{mentions}, 'gpt-3 / gpt: periods and all';
}

# what the issue asks for, with the lexicon named and found
my @asked = (['openai'], ['how often did I cover OpenAI'], ['capsule net*'], ['opnai'], ['openai', '--vs', 'google'], ['gpt + bert']);
for my $a (@archives) {
    for my $q (@asked) {
        my @screens = map { screen("$a: @$q" . (@$_ ? ' -l lexicons' : ''), @$q, '-q', @$_, $a) } [], ['-l', 'lexicons'];
        s/ --lexicon=lexicons//g for @screens;
        is $screens[0], $screens[1], "$a: @$q: ./lexicons is the default";
    }
}
if ($corpus) {
    my $doc = decode_json(text('ask', 'openai', '-f', 'json', '-q', 'dynamically-typed'));
    my $side = $doc->{rows}[0];
    is "@$side{qw(mentions issues_with issues)}", '152 37 68', 'dynamically-typed: OpenAI';
    my %hits = map { ($_->{zone} => $_->{hits}) } @{$side->{zones}};
    is "@hits{qw(url meta title alt)} $side->{inside_longer_words} $side->{inside_longer_matches}", '115 15 15 6 1 0', '… where the others are';
    my $letters = 0;
    for (glob 'dynamically-typed/*.md') {
        open my $h, '<:raw', $_ or die "$_: $!";
        local $/;
        $letters += () = <$h> =~ /openai/gi;
    }
    my $sum = $side->{inside_longer_words} + $side->{inside_longer_matches};
    $sum += $_ for values %hits;
    is $sum, $letters, '… all of what grep finds';
    is join(' ', map { $_->{mentions} } @{$side->{periods}}), '0 66 35 51', '… by year';
}
SKIP: { # links are for a screen
    skip 'script is not here', 4 if system('command -v script >/dev/null 2>&1') != 0;
    mkdir 'a b' or die $!;
    system('cp', '-r', 'sample/2019', 'a b/x%') == 0 or die;
    my $run = sub { my ($env, $options) = @_; return scalar `script -qec "env -u NO_COLOR $env '$tagtrend' ask openai -q $options 'a b'" /dev/null </dev/null` };
    my $here = abs_path('.');
    like $run->('TERM=xterm', ''), qr{\e\]8;;file://\Q$here\E/a%20b/x%25/008-mac-roman\.md\e\\a b/x%/008-mac-roman\.md:12\e\]8;;\e\\}, 'a link';
    unlike $run->('TERM=xterm', '--color never'), qr/\e/, 'no link without colour';
    unlike $run->('TERM=dumb', ''), qr/\e/, 'nor where the terminal is dumb';
    unlike $run->('TERM=xterm NO_COLOR=1', ''), qr/\e/, 'nor with NO_COLOR';
}
unlike text('ask', 'openai', '-q', '--color', 'always', 'sample'), qr/\e\]8/, 'nor into a pipe, whatever --color says';
done_testing;

sub decode { my $s = shift; utf8::decode($s); return $s }
# the last five, of undated ones the least; they stand behind the others
sub latest {
    my @rows = @{$_[0]};
    my @dated = map { /"date":"([^"]*)"/ ? $1 : '' } @rows;
    my @order = sort { $dated[$a] cmp $dated[$b] || $a <=> $b } 0 .. $#rows;
    @order = @order[-5 .. -1] if @order > 5;
    return [@rows[(grep { $dated[$_] ne '' } @order), (grep { $dated[$_] eq '' } @order)]];
}
# what stands beside it, from the counts alone: G2 = 2 * sum of O * ln(O / E) over the four cells
sub besides {
    my $side = shift;
    my ($n, $asked) = @$side{qw(paragraphs paragraphs_with)};
    return [map {
        my ($both, $other) = @$_{qw(paragraphs_both paragraphs_with)};
        my @cells = ([$both, $asked, $other], [$asked - $both, $asked, $n - $other], [$other - $both, $n - $asked, $other],
            [$n - $asked - $other + $both, $n - $asked, $n - $other]);
        my $g2 = 0;
        $g2 += 2 * $_->[0] * log($_->[0] * $n / $_->[1] / $_->[2]) for grep { $_->[0] > 0 } @cells;
        [digits($both * $n / $asked, $other), digits($g2, 1)]
    } @{$side->{comes_with}}];
}
sub is_deeply_quiet { my $j = JSON::PP->new->canonical->allow_nonref; my ($x, $y) = map { my $s = $j->encode([$_]); $s =~ s/"(-?[\d.]+(?:e[+-]?\d+)?)"/$1/g; $s } @_; return $x eq $y }
