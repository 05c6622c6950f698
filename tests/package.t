#!/usr/bin/perl
# Lists that say the same at several places: libraries in tests/deps.sh and debian/control, versions, the workflow.
use strict;
use warnings;
use Test::More;

sub slurp { open my $in, '<', $_[0] or die "$_[0]: $!"; local $/; return <$in>; }
my ($deps, $control) = (slurp('tests/deps.sh'), slurp('packaging/debian/control'));
my ($build) = $deps =~ /^    build\)\n(.*?)^        ;;/ms;
my ($source) = $control =~ /^Build-Depends: (.*?)^\S/ms;
my %want = map { $_ => 1 } grep { !/^(?:gcc|libc6-dev)$/ } $build =~ /^\s*(?:tool|header) \S+ (\S+)/mg, map { split ' ' } $build =~ /missing="\$missing ([^"]*)"/g;
my %have = map { $_ => 1 } grep { !/^debhelper/ } map { s/[\s(].*//sr } split /,\s*/, $source;
is_deeply \%have, \%want, 'Build-Depends are what tests/deps.sh asks for';
my ($dev) = $control =~ /^Package: libtagtrend-dev\n(.*)/ms;
like $dev, qr/^\s+\Q$_\E,$/m, "libtagtrend-dev depends on $_" for grep { /-dev$/ } sort keys %want;
my ($version) = slurp('include/tagtrend.h') =~ /define TT_VERSION "(.*)"/;
like slurp('packaging/debian/changelog'), qr/\Atagtrend \(\Q$version\E-\d+\)/, 'debian/changelog has the version of tagtrend.h';
like slurp('CHANGELOG.md'), qr/^## \Q$version\E/m, 'so has CHANGELOG.md';
SKIP: {
    skip 'no workflow in a tarball without .github', 1 if !-e '.github/workflows/ci.yml';
    my @runs = slurp('.github/workflows/ci.yml') =~ /run: (.*)/g;
    is $runs[-1], 'bash .ci/run', 'the workflow runs .ci/run';
    is scalar(grep { !/apt-get|git config/ } @runs), 1, 'and nothing else';
}
done_testing;
