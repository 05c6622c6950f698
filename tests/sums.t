#!/usr/bin/perl
# Numbers agree between commands, on every archive at hand: rows of mentions = sum of counts; words, places, trends and
# topics add up; and on the real archives, the checks of COUNTING.
use strict;
use warnings;
use Cwd qw(abs_path);
use Test::More;

my $tagtrend = abs_path(($ENV{TT_BUILD} // 'build/release') . '/tagtrend');

sub rows {
    my (@cmd) = @_;
    open my $h, '-|:raw', $tagtrend, @cmd or die $!;
    my $text = do { local $/; <$h> } // '';
    close $h;
    my (@rows, @row);
    while ($text =~ /\G(?:"((?:[^"]|"")*)"|([^,\n"]*))([,\n])/g) {
        my ($quoted, $bare, $end) = ($1, $2, $3);
        $quoted =~ s/""/"/g if defined $quoted;
        push @row, $quoted // $bare;
        if ($end eq "\n") { push @rows, [@row]; @row = () }
    }
    my $head = shift @rows // [];
    return map { my %r; @r{@$head} = @$_; \%r } @rows;
}
sub sum { my ($k, @r) = @_; my $s = 0; $s += $_->{$k} for @r; $s }

my @archives = ('tests/archive');
my $corpus = $ENV{TAGTREND_CORPUS};
if ($corpus) { push @archives, map { "$corpus/$_" } qw(dynamically-typed haskell-weekly seeds) }
else { diag 'TAGTREND_CORPUS is not set: only the sample archive is read' }

for my $a (@archives) {
    my ($name) = $a =~ m{([^/]+)$};
    my @at = ('-q', '-l', 'lexicons', $a);
    my @issues = rows('issues', @at);
    my @counts = rows('counts', @at);
    my @mentions = rows('mentions', @at);
    my @topics = rows('topics', @at);
    my @trends = rows('trends', @at);
    my @months = rows('trends', '--by', 'month', @at);
    my @sections = rows('trends', '--by-section', @at);
    ok @mentions > 10, "$name: there are mentions";
    is @mentions, sum('mentions', @counts), "$name: rows of mentions = sum of counts";
    is sum('mentions', @topics), @mentions, "$name: topics";
    my %by;
    $by{"$_->{issue}|$_->{section}|$_->{topic}"}++ for @mentions;
    is_deeply {map { ("$_->{issue}|$_->{section}|$_->{topic}" => $_->{mentions}) } @counts}, \%by, "$name: each cell";
    my %places;
    $places{"$_->{path}:$_->{line}:$_->{column}:$_->{surface}"}++ for @mentions;
    is sum('mentions', @issues), scalar keys %places, "$name: issues.mentions are places";
    my @dated = grep { $_->{date} ne '' } @mentions;
    is sum('mentions', @$_), @dated, "$name: trends" for \@trends, \@months, \@sections;
    my %words;
    $words{$_->{period}} = $_->{words} for @trends;
    my $words = 0;
    $words += $_ for values %words;
    is $words, sum('words', grep { $_->{date} ne '' } @issues), "$name: words of the years = words of the dated issues";
    for my $t (@trends) {
        my @m = grep { $_->{topic} eq $t->{topic} && substr($_->{date}, 0, 4) eq $t->{period} } @mentions;
        my %with = map { $_->{issue} => 1 } @m;
        next if @m == $t->{mentions} && keys %with == $t->{issues_with};
        fail "$name: $t->{period} $t->{topic}";
    }
    my @overall = rows('trends', '--overall', @at);
    my $same = sub { my $r = shift; join '|', map { $r->{$_} } qw(topic label type mentions issues_with first_date last_date longest_gap_days) };
    is_deeply [map { $same->($_) } @overall], [map { $same->($_) } @topics], "$name: trends --overall has the sums of topics";
    is $overall[0]{issues}, @issues, "$name: … and all issues";
    is $overall[0]{words}, sum('words', @issues), "$name: … and all words";
    # both sides of a change are what trends says of their days
    my %ranges = ('' => ['^2019', '^2020'], '2020..2021' => ['^2020', '^2021'], '2019-Q4..2020-Q4' => ['^2019-1', '^2020-1']);
    for my $range (sort keys %ranges) {
        next if grep { my $in = $_; !grep { $_->{date} =~ $in } @issues } @{$ranges{$range}};
        my @changes = rows('trends', "--change" . ($range && "=$range"), @at);
        my $side = $range || 'of the last two years';
        ok @changes, "$name: change $side has rows";
        my $bad = 0;
        for my $s ('a', 'b') {
            my ($first) = @changes;
            my %of = map { $_->{topic} => $_ }
                rows('trends', '--by', $first->{"period_$s"} =~ /Q/ ? 'quarter' : 'year', '--from', $first->{"start_$s"}, '--to', $first->{"end_$s"}, @at);
            my $n = 0;
            for my $c (@changes) {
                my $t = $of{$c->{topic}} // {mentions => 0, issues_with => 0, per_10k_words => 0, issue_share => 0,
                    map { $_ => $first->{"${_}_$s"} } qw(issues words)};
                $n++ if $t->{mentions};
                $bad++ for grep { $c->{"${_}_$s"} ne $t->{$_} } qw(mentions issues_with issues words per_10k_words issue_share);
            }
            $bad++ if $n != grep { $_->{mentions} } values %of;
        }
        is $bad, 0, "$name: change $side = trends";
        my @tested = grep { $_->{p} ne '' } @changes;
        is scalar(grep { ($_->{verdict} eq 'too few') == ($_->{p} ne '') } @changes), 0, "$name: change $side: too few has no p";
        is scalar(grep { $_->{p_adjusted} < $_->{p} || !($_->{log2_low} < $_->{log2_ratio} && $_->{log2_ratio} < $_->{log2_high}) } @tested), 0, "$name: change $side: order";
    }
    my $last = '';
    my $sorted = 1;
    for (@mentions) {
        my $key = sprintf '%s|%09d|%09d|%s', $_->{path}, $_->{line}, $_->{column}, $_->{topic};
        $sorted = 0 if $key lt $last;
        $last = $key;
    }
    ok $sorted, "$name: mentions are sorted";

    # each mention stands where it is said to stand: the surface begins at line and column
    my (%text, $wrong);
    for my $m (@mentions) {
        $text{$m->{path}} //= do {
            open my $h, '<:raw', $m->{path} or die "$m->{path}: $!";
            local $/;
            my $s = <$h>;
            utf8::decode($s) or $s = do { require Encode; Encode::decode('cp1252', $s) };
            $s =~ s/^\x{FEFF}//;
            [split /\r\n|\n|\r/, $s, -1];
        };
        my $line = $text{$m->{path}}[$m->{line} - 1] // '';
        my $surface = $m->{surface};
        utf8::decode($surface);
        my ($first) = $surface =~ /^([A-Za-z0-9])/ or next; # emphasis may stand inside a word: `**Open**AI`
        next if substr($line, $m->{column} - 1, 1) eq $first;
        diag "$m->{path}:$m->{line}:$m->{column}: no `$first`" unless $wrong++;
    }
    ok !$wrong, "$name: mentions stand where they are said to";
}

if ($corpus) {
    my %seed = map { $_->{issue} => $_ } rows('issues', '-q', '-l', 'lexicons', "$corpus/seeds");
    my ($m37) = grep { $_->{number} eq '37' } values %seed;
    my ($m12) = grep { $_->{number} eq '12' } values %seed;
    is "$m37->{date} $m37->{date_source}", '2020-04-12 inferred', 'seeds: #37';
    is "$m12->{date} $m12->{date_source}", '2019-04-28 inferred', 'seeds: #12';
    like `$tagtrend issues -l lexicons $corpus/seeds 2>&1 >/dev/null`, qr/002_898b925aa0c37eb1\.txt: no date/, 'seeds: 002 is reported as undated';
    for (['001_577b563070d714f3.txt', '050.md'], ['000_a8acf112c3c1c180.txt', '019.md']) {
        my ($s, $d) = @$_;
        my @a = rows('counts', '-q', '-l', 'lexicons', "$corpus/seeds/$s");
        my @b = rows('counts', '-q', '-l', 'lexicons', "$corpus/dynamically-typed/$d");
        delete $_->{issue} for @a, @b;
        ok @a > 5, "$s has counts";
        is_deeply \@a, \@b, "counts of $s = counts of $d";
    }
    my @m = grep { $_->{surface} =~ /openai/i } rows('mentions', '-q', '-l', 'lexicons', '--topic', 'openai', "$corpus/dynamically-typed");
    is @m, 152, 'dynamically-typed: OpenAI stands at 152 counted places';
    my %zone;
    $zone{$_->{zone}}++ for grep { $_->{surface} =~ /openai/i } rows('mentions', '-q', '-l', 'lexicons', '--topic', 'openai', '--zones', 'all', "$corpus/dynamically-typed");
    # grep finds 116 in link targets; one of them stands inside the word d_what_is_openai_i_dont_know_anymore
    is $zone{url}, 115, '… 115 in url';
    is(($zone{meta} // 0) + ($zone{title} // 0), 30, '… 30 in meta and title');
    is $zone{alt}, 6, '… 6 in alt';
    # links as markdown-it (CommonMark) finds them; references counted by hand and by a script over `issues/N` and `DT #N`
    for (['dynamically-typed', 1856, 139], ['haskell-weekly', 4005, 0]) {
        my ($name, $links, $targets) = @$_;
        my @links = rows('links', '-q', '-l', 'lexicons', '--zones', '+boilerplate', "$corpus/$name");
        is scalar(grep { $_->{url} ne '' } @links), $links, "$name: links";
        is scalar(grep { $_->{target_issue} ne '' } @links), $targets, "$name: links and texts that mean an issue";
        ok !(grep { $_->{target_issue} eq $_->{issue} || $_->{url} =~ /[?&](utm_|fbclid|mc_[ce]id)/ } @links), "$name: none means its own issue, or tells whence a reader came";
    }
}
done_testing;
