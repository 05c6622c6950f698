#!/usr/bin/perl
# Files that mean harm, or are broken, in every format: each ends in a message and exit status 1 (or is read as far as it
# can be), inside fixed memory, and the good issue beside it is counted.
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Path qw(make_path remove_tree);
use File::Temp qw(tempdir);
use IO::Compress::Gzip qw(gzip);
use IO::Compress::Zip ();
use MIME::Base64 qw(encode_base64);
use Test::More;

my $tagtrend = abs_path(($ENV{TT_BUILD} // 'build/release') . '/tagtrend');
my $asan = ($ENV{TT_BUILD} // '') =~ /asan/;
my $dir = tempdir(CLEANUP => 1);

sub spit {
    my ($path, $text) = @_;
    make_path($path =~ m{^(.*)/}) unless -d $path =~ s{/[^/]*$}{}r;
    open my $h, '>:raw', $path or die "$path: $!";
    print $h $text;
    close $h or die $!;
}

sub zipped {
    my ($path, @files) = @_;
    make_path($path =~ m{^(.*)/});
    my $z;
    while (my ($name, $bytes) = splice @files, 0, 2) {
        if ($z) { $z->newStream(Name => $name) or die }
        else { $z = IO::Compress::Zip->new($path, Name => $name) or die }
        $z->print($bytes);
    }
    $z->close;
}

my $good = "---\ntitle: Good\ndate: 2020-01-01\n---\nOpenAI is here.\n";

# `make` puts the file(s) into a folder; the run has $memory KiB of address space, and at most two minutes.
sub hostile {
    my ($name, $exit, $message, $issues, $make, @more) = @_;
    my $at = "$dir/x";
    remove_tree($at);
    make_path($at);
    spit("$at/good.md", $good);
    $make->($at);
    my $limit = $asan ? '' : 'ulimit -v 1500000;'; # the sanitizer takes terabytes of addresses
    my $args = join ' ', map { "'$_'" } 'issues', '-l', 'lexicons', @more, $at;
    my $out = qx(sh -c "$limit timeout 120 $tagtrend $args 2>$dir/err");
    my $status = $? >> 8;
    my $err = do { local (@ARGV, $/) = "$dir/err"; <> } // '';
    is $status, $exit, "$name: exit status" or diag substr($err, 0, 2000);
    like $err, $message, "$name: the message" if $message;
    unlike $err, qr/skipped: *$/m, "$name: the message has a reason";
    like $out, qr/^good\.md,.*,1,1,/m, "$name: the good issue is counted";
    is scalar(() = $out =~ /\n/g) - 1, $issues, "$name: issues" or diag $out;
    unlike $out, qr/root:x/, "$name: nothing of another file";
}

# ---- packs ----

hostile('a zip that is cut off', 1, qr/x\.zip.*cannot be unpacked/, 2, sub {
    zipped("$_[0]/x.zip", 'a.md', $good x 500, 'b.md', join '', map { rand() . "\n" } 1 .. 9000);
    truncate "$_[0]/x.zip", 700;
});
hostile('a zip that unpacks to far more than it holds', 1, qr/bomb\.md/, 1, sub {
    zipped("$_[0]/x.zip", 'bomb.md', '');
    my $z = IO::Compress::Zip->new("$_[0]/x.zip", Name => 'bomb.md');
    my $block = 'a ' x (1 << 19);
    $z->print($block) for 1 .. 300;
    $z->close;
});
hostile('paths out of the archive', 1, qr/passwd\.md: skipped/, 4, sub { zipped("$_[0]/x.zip", '../../../etc/passwd.md', $good, '/etc/abs.md', $good, 'C:\\evil.md', $good, 'fine.md', $good) });
hostile('a zip in a zip', 0, qr/inner\.zip: left out/, 1, sub { zipped("$_[0]/inner.zip", 'a.md', $good); my $b = do { local (@ARGV, $/) = "$_[0]/inner.zip"; <> }; unlink "$_[0]/inner.zip"; zipped("$_[0]/x.zip", 'inner.zip', $b) }, '-v');
hostile('what is no zip at all', 1, qr/x\.zip.*skipped/, 1, sub { spit("$_[0]/x.zip", 'no zip') });
hostile('gzip that is cut off', 1, qr/x\.jsonl\.gz/, 1, sub { my $j = qq({"text":"OpenAI","date":"2020-01-01"}\n) x 3; my $b; gzip(\$j, \$b); $b = substr($b, 0, -20); spit("$_[0]/x.jsonl.gz", $b) });
hostile('a zip with ten thousand members', 0, undef, 1, sub { zipped("$_[0]/x.zip", map { ("$_.png", 'x') } 1 .. 10000) });

# ---- JSON ----

hostile('Ghost, cut off', 1, qr/x\.json/, 2, sub { spit("$_[0]/x.json", '{"posts":[{"id":"1","title":"A","html":"<p>OpenAI</p>","status":"published","type":"post","published_at":"2020-01-01T00:00:00Z"},{"id":"2","title":"B","html":"<p>Op') });
hostile('JSON nested 100 000 deep', 1, qr/x\.json/, 1, sub { spit("$_[0]/x.json", '{"posts":[{"id":"1","title":"A","slug":"a","published_at":"2020-01-01T00:00:00Z","html":"x","status":"published","x":' . ('[' x 100000)) });
hostile('rows, some broken', 1, qr/x\.jsonl:2/, 3, sub { spit("$_[0]/x.jsonl", qq({"text":"OpenAI"}\n{"text":"OpenAI\n{"text":"OpenAI"}\n)) });
hostile('a package.json', 0, qr/no known format/, 1, sub { spit("$_[0]/package.json", '{"name":"openai","version":"1.0.0","dependencies":{}}') }, '-v');
hostile('a row of 50 MB without an end', 1, qr/x\.jsonl/, 1, sub { spit("$_[0]/x.jsonl", '{"text":"' . ('OpenAI ' x 7_000_000)) });

# ---- XML ----

my $wxr = '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>';
my $item = '<item><title>A</title><content:encoded><![CDATA[<p>OpenAI</p>]]></content:encoded><wp:post_date>2020-01-01 00:00:00</wp:post_date><wp:post_name>a</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>';
hostile('WordPress, cut off', 1, qr/x\.xml/, 2, sub { spit("$_[0]/x.xml", qq(<?xml version="1.0"?>$wxr$item<item><title>B)) });
hostile('external entities', 1, qr/x\.xml/, 1, sub { spit("$_[0]/x.xml", qq(<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><item><title>A</title><description>OpenAI &e;</description></item></channel></rss>)) });
hostile('a billion laughs', 1, qr/x\.xml/, 1, sub {
    my $e = join '', map { my $n = $_; my $m = $n - 1; "<!ENTITY l$n \"" . ("&l$m;" x 10) . "\">" } 1 .. 9;
    spit("$_[0]/x.xml", qq(<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "lol">$e]><rss version="2.0"><channel><item><title>A</title><description>&l9;</description></item></channel></rss>));
});
hostile('elements nested 100 000 deep', 1, qr/x\.xml/, 1, sub { spit("$_[0]/x.xml", '<?xml version="1.0"?><rss version="2.0"><channel>' . ('<a>' x 100000)) });

# ---- CSV ----

hostile('a quote that never ends', 1, qr/x\.csv:3/, 3, sub { spit("$_[0]/x.csv", qq(date,text\n2020-01-01,OpenAI\n2020-01-02,"OpenAI and no end\n2020-01-03,OpenAI\n)) });
hostile('a subscriber list', 0, qr/no known format/, 1, sub { spit("$_[0]/x.csv", "email,created_at\nopenai\@example.org,2020-01-01\n") }, '-v');
hostile('ten thousand fields', 1, qr/x\.csv/, 1, sub { spit("$_[0]/x.csv", "date,text\n" . join(',', ('a') x 10000) . "\n") });

# ---- mail ----

my $head = "From: a\@example.org\nDate: Wed, 1 Jan 2020 10:00:00 +0000\nSubject: A\nMessage-ID: <1\@x>\nMIME-Version: 1.0\n";
hostile('a mail with 10 000 parts', 1, qr/x\.eml.*parts/, 1, sub { spit("$_[0]/x.eml", "${head}Content-Type: multipart/mixed; boundary=b\n\n" . ("--b\nContent-Type: text/plain\n\nOpenAI\n" x 10000) . "--b--\n") });
hostile('parts nested 1 000 deep', 1, qr/x\.eml/, 1, sub { spit("$_[0]/x.eml", $head . join('', map { "Content-Type: multipart/mixed; boundary=b$_\n\n--b$_\n" } 1 .. 1000)) });
hostile('a boundary that never comes', 0, undef, 2, sub { spit("$_[0]/x.eml", "${head}Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nOpenAI\n") });
hostile('a wrong charset label', 0, undef, 2, sub { spit("$_[0]/x.eml", "${head}Content-Type: text/plain; charset=iso-2022-jp\nContent-Transfer-Encoding: 8bit\n\nOpenAI, \xE2\x80\x9Cquoted\xE2\x80\x9D\n") });
hostile('base64 that is none', 0, undef, 2, sub { spit("$_[0]/x.eml", "${head}Content-Type: text/html\nContent-Transfer-Encoding: base64\n\n" . encode_base64('<p>OpenAI</p>') . "!!!###\n") });
hostile('one broken mail of three', 1, qr/x\.mbox/, 3, sub {
    my $from = "From a\@example.org Wed Jan  1 10:00:00 2020\n";
    spit("$_[0]/x.mbox", "$from${head}\nOpenAI\n\n$from${head}Content-Type: multipart/mixed; boundary=b\n\n" . ("--b\n\nx\n" x 5000) . "\n$from$head\nOpenAI\n");
});

# ---- pages ----

hostile('a page nested 100 000 deep', 0, undef, 2, sub { spit("$_[0]/x.html", '<!DOCTYPE html><html><body><p>OpenAI</p>' . ('<div>' x 100000)) });
hostile('a page that is cut off in a tag', 0, undef, 2, sub { spit("$_[0]/x.html", '<!DOCTYPE html><html><body><article><p>OpenAI</p><a href="') });
hostile('a page with NUL bytes', 1, qr/x\.html.*NUL/, 1, sub { spit("$_[0]/x.html", "<!DOCTYPE html><html><body>\0\0<p>OpenAI</p>") });
hostile('a page with a wrong charset label', 0, undef, 2, sub { spit("$_[0]/x.html", "<!DOCTYPE html><html><head><meta charset=\"shift_jis\"></head><body><p>OpenAI\xE2\x80\x99s</p></body></html>") });

done_testing;
