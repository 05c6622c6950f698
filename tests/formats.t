#!/usr/bin/perl
# One newsletter in every format that the readers know: the sample archive is exported here into each of them, and each must
# give the counts per issue, section and topic that the Markdown files give. Places on disk are compared with the bytes
# that stand there.
use strict;
use warnings;
use utf8;
use Cwd qw(abs_path);
use Encode qw(decode encode FB_CROAK);
use File::Path qw(make_path);
use File::Temp qw(tempdir);
use IO::Compress::Gzip qw(gzip);
use IO::Compress::Zip ();
use JSON::PP;
use MIME::Base64 qw(encode_base64);
use MIME::QuotedPrint qw(encode_qp);
use Test::More;

my $tagtrend = abs_path(($ENV{TT_BUILD} // 'build/release') . '/tagtrend');
my $dir = tempdir(CLEANUP => !$ENV{TT_KEEP});
my $json = JSON::PP->new->canonical;
binmode Test::More->builder->$_, ':utf8' for qw(output failure_output);

# ---- running, reading, writing ----

sub output {
    my (@cmd) = @_;
    open my $h, '-|:raw', $tagtrend, @cmd or die $!;
    my $text = do { local $/; <$h> } // '';
    close $h;
    return decode('UTF-8', $text);
}

sub rows {
    my (@rows, @row);
    my $text = output(@_);
    while ($text =~ /\G(?:"((?:[^"]|"")*)"|([^,\n"]*))([,\n])/g) {
        my ($quoted, $bare, $end) = ($1, $2, $3);
        $quoted =~ s/""/"/g if defined $quoted;
        push @row, $quoted // $bare;
        if ($end eq "\n") { push @rows, [@row]; @row = () }
    }
    my $head = shift @rows // [];
    return map { my %r; @r{@$head} = @$_; \%r } @rows;
}

sub slurp { my ($path) = @_; open my $h, '<:raw', $path or die "$path: $!"; local $/; return <$h> }

sub spit {
    my ($path, $text) = @_;
    make_path($path =~ m{^(.*)/}) unless -d $path =~ s{/[^/]*$}{}r;
    open my $h, '>:raw', $path or die "$path: $!";
    print $h utf8::is_utf8($text) ? encode('UTF-8', $text) : $text;
    close $h or die $!;
}

sub html_of {
    my ($markdown) = @_;
    spit("$dir/in.md", $markdown);
    open my $h, '-|:raw', 'cmark-gfm', '--unsafe', '-e', 'table', '-e', 'strikethrough', "$dir/in.md" or die $!;
    my $html = decode('UTF-8', do { local $/; <$h> });
    close $h or die 'cmark-gfm failed';
    return $html;
}

sub xml { my ($s) = @_; $s =~ s/&/&amp;/g; $s =~ s/</&lt;/g; $s =~ s/>/&gt;/g; $s =~ s/"/&quot;/g; return $s }
sub csv { return join('', map { join(',', map { my $c = $_ // ''; $c =~ s/"/""/g; qq("$c") } @$_) . "\r\n" } @_) }

sub zip_up {
    my ($path, %files) = @_;
    my $z;
    for my $name (sort keys %files) {
        my $bytes = utf8::is_utf8($files{$name}) ? encode('UTF-8', $files{$name}) : $files{$name};
        if (!$z) { $z = IO::Compress::Zip->new($path, Name => $name, Efs => 1) or die $IO::Compress::Zip::ZipError }
        else { $z->newStream(Name => $name, Efs => 1) or die }
        $z->print($bytes);
    }
    $z->close;
}

# ---- the newsletter: what the issues say of themselves, and their bodies ----

my @posts;
for my $i (rows('issues', '-q', '-l', 'lexicons', 'tests/archive')) {
    # encodings and mojibake are other tests; plain text has no other form; an issue without number cannot be found again
    next if $i->{number} eq '' || $i->{format} ne 'markdown' || $i->{repaired} || $i->{issue} =~ /1252/;
    my $text = decode('UTF-8', slurp("tests/archive/$i->{issue}"), FB_CROAK);
    $text =~ s/\r\n/\n/g;
    $text =~ s/\A(---|\+\+\+)\n.*?\n\1\n//s or $text =~ s/\A(?:\w+: .*\n)+\n//;
    $text =~ s/\A\s*# .*\n//;
    next if $text =~ /\[\^|\{\{|\{%/; # footnotes and template tags are no HTML
    push @posts, {number => $i->{number}, title => $i->{title}, date => $i->{date}, markdown => $text,
        html => html_of($text), slug => sprintf('issue-of-%s', $i->{date})};
}
cmp_ok @posts, '>=', 20, 'there is a newsletter to export';

sub yaml { my ($p) = @_; my $t = $p->{title} =~ s/"/\\"/gr; return qq(---\ntitle: "$t"\ndate: $p->{date}\n---\n) }

sub counts_of {
    my ($path, @more) = @_;
    my %n;
    for my $r (rows('counts', '-q', '-l', 'lexicons', @more, $path)) {
        $n{"$r->{number} $r->{date} | $r->{section} | $r->{topic}"} = "$r->{mentions} of $r->{words}";
    }
    my %i = map { ("$_->{number} $_->{date}" => "$_->{title}: $_->{words}") } rows('issues', '-q', '-l', 'lexicons', @more, $path);
    return (\%n, \%i);
}

spit("$dir/ref/$_->{slug}.md", yaml($_) . $_->{markdown}) for @posts;
my ($want, $want_issues) = counts_of("$dir/ref");
cmp_ok scalar keys %$want, '>', 300, 'and much to count in it';

sub same {
    my ($path, $format, @more) = @_;
    my ($got, $issues) = counts_of($path, @more);
    is_deeply $issues, $want_issues, "$format: titles, numbers, dates, words";
    is_deeply $got, $want, "$format: counts of each issue, section and topic"
        or diag join "\n", grep { defined } (map { ($want->{$_} // '') ne ($got->{$_} // '') ? "$_: want " . ($want->{$_} // 'none') . ', got ' . ($got->{$_} // 'none') : undef }
            sort keys %{{%$want, %$got}})[0 .. 20];
    my %formats = map { ($_->{format} => 1) } rows('issues', '-q', '-l', 'lexicons', @more, $path);
    my $as = $format =~ s/ .*//r;
    is join('+', sort keys %formats), $as, "$format: taken for it";
}

# Line and column of each mention, in the files as they are on disk.
sub places {
    my ($path, $format, $name, @more) = @_;
    my (%lines, $bad);
    for my $m (rows('mentions', '-q', '-l', 'lexicons', @more, $path)) {
        my $lines = $lines{$m->{path}} //= [split /\n/, decode('UTF-8', slurp($m->{path})), -1];
        next unless $m->{surface} =~ /^\w+$/a;
        my $at = substr($lines->[$m->{line} - 1] // '', $m->{column} - 1, 30 + length $m->{surface});
        my $seen = $at =~ s/<[^<>]*>|&lt;.*?&gt;|\*\*|\\u003c[^>]*>//gr; # emphasis inside a word
        $bad //= "$m->{path}:$m->{line}:$m->{column}: $m->{surface}, and there stands `$at`"
            if index(lc $seen, lc $m->{surface}) != 0 || lc substr($at, 0, 1) ne lc substr($m->{surface}, 0, 1);
    }
    is $bad, undef, "$format: every mention stands where it is said to";
}

# ---- Substack ----

my @drafts = ({slug => 'draft', title => 'A draft about OpenAI', html => '<p>OpenAI OpenAI</p>'});
my $n = 100;
my %substack = ('posts.csv' => csv([qw(post_id post_date is_published email_sent_at inbox_sent_at type audience title subtitle podcast_url)],
        (map { [$n++ . ".$_->{slug}", "$_->{date}T16:00:00.000Z", 'true', '', '', 'newsletter', 'everyone', $_->{title}, 'OpenAI in a subtitle', ''] } @posts),
        ['99.draft', '', 'false', '', '', 'newsletter', 'everyone', 'A draft about OpenAI', '', ''],
        ['98.gone', '2020-01-01T00:00:00.000Z', 'true', '', '', 'newsletter', 'everyone', 'A row without its page', '', '']),
    'posts/99.draft.html' => '<p>OpenAI OpenAI</p>',
    'posts/100.opens.csv' => "post_id,timestamp,email\n100,2020-01-01,openai\@example.org\n",
    'email_list.openai.csv' => "email,active_subscription\nopenai\@example.org,true\n");
$n = 100;
$substack{"posts/" . $n++ . ".$_->{slug}.html"} = $_->{html}
    . '<div class="subscription-widget-wrap"><div class="subscription-widget"><p>Subscribe to OpenAI news</p><input type="submit" value="Subscribe"></div></div>'
    . '<div class="captioned-image-container"><img src="x.png" data-attrs="{&quot;title&quot;:&quot;OpenAI&quot;}"></div>' for @posts;
zip_up("$dir/substack.zip", %substack);
spit("$dir/substack/$_", $substack{$_}) for keys %substack;
same("$dir/substack.zip", 'substack (zip)');
same("$dir/substack", 'substack (folder)');
places("$dir/substack", 'substack');
like output('issues', '-q', '-l', 'lexicons', '--drafts', "$dir/substack.zip"), qr/A draft about OpenAI/, 'substack: --drafts reads the draft';

# ---- beehiiv ----

spit("$dir/beehiiv.csv", csv([qw(id web_title web_subtitle status created_at content_tags content_html)],
    (map { ["post_$_->{number}", $_->{title}, 'OpenAI', 'confirmed', "$_->{date} 09:30:00", 'Weather; OpenAI',
        qq(<table role="presentation" width="100%"><tr><td><h1>@{[xml($_->{title})]}</h1></td></tr><tr><td>$_->{html}</td></tr></table>)] } @posts),
    ['post_d', 'Draft', '', 'draft', '2020-01-01 00:00:00', '', '<p>OpenAI</p>']));
same("$dir/beehiiv.csv", 'beehiiv');
places("$dir/beehiiv.csv", 'beehiiv');

# ---- Buttondown ----

my %buttondown = ('emails.csv' => csv([qw(id subject publish_date secondary_id slug status email_type)],
    map { ["b$_->{number}", $_->{title}, "$_->{date}T08:00:00Z", $_->{number}, $_->{slug}, 'sent', 'public'] } @posts));
$buttondown{"emails/$_->{slug}.md"} = "<!-- buttondown-editor-mode: plaintext -->$_->{markdown}" for @posts;
zip_up("$dir/buttondown.zip", %buttondown);
same("$dir/buttondown.zip", 'buttondown (zip)');
spit("$dir/emails.json", $json->encode([map { {id => "b$_->{number}", subject => $_->{title}, publish_date => "$_->{date}T08:00:00Z",
    secondary_id => 0 + $_->{number}, slug => $_->{slug}, status => 'sent', email_type => 'public', body => "<!-- buttondown-editor-mode: plaintext -->\n$_->{markdown}"} } @posts]));
same("$dir/emails.json", 'buttondown (JSON)');
places("$dir/emails.json", 'buttondown (JSON)');

# ---- Curated: categories are the sections ----

for my $p (@posts) {
    my (@categories, $intro);
    my @parts = split /^## (.*)\n/m, $p->{markdown};
    $intro = shift @parts;
    while (my ($name, $body) = splice @parts, 0, 2) {
        push @categories, {name => $name, code => lc $name, items => [{type => 'Text', title => '', description => html_of($body), description_markdown => $body}]};
    }
    spit("$dir/curated/$p->{number}.json", $json->encode({number => 0 + $p->{number}, title => $p->{title}, summary => 'OpenAI again',
        published_at => "$p->{date}T06:00:00.000Z", url => 'https://openai.example/', introduction => html_of($intro), categories => \@categories}));
}
{
    my ($got) = counts_of("$dir/curated");
    my %cut = map { ($_ => $want->{$_}) } grep { !/\(intro\)/ } keys %$want;
    my %got = map { ($_ => $got->{$_}) } grep { !/\(intro\)/ } keys %$got;
    is_deeply \%got, \%cut, 'curated: counts of each issue, category and topic';
}

# ---- Ghost ----

for my $wrap (0, 1) {
    my $data = {tags => [{id => 't1', name => 'Letters', slug => 'letters'}], posts_tags => [map { {post_id => "p$_->{number}", tag_id => 't1', sort_order => 0} } @posts],
        posts => [(map { {id => "p$_->{number}", title => $_->{title}, slug => $_->{slug}, html => $_->{html}, plaintext => $_->{markdown}, lexical => undef,
            mobiledoc => $json->encode({version => '0.3.1', cards => [['markdown', {markdown => $_->{markdown}}]], sections => [[10, 0]]}),
            status => 'published', type => 'post', custom_excerpt => 'OpenAI', published_at => $wrap ? "$_->{date}T10:00:00.000Z" : 1000 * epoch($_->{date})} } @posts),
        {id => 'd', title => 'Draft', slug => 'd', html => '<p>OpenAI</p>', status => 'draft', type => 'post', published_at => undef},
        {id => 'a', title => 'About', slug => 'about', html => '<p>OpenAI</p>', status => 'published', type => 'page', published_at => '2020-01-01T00:00:00Z'}]};
    my $path = "$dir/ghost$wrap.json";
    spit($path, $json->encode($wrap ? {db => [{meta => {version => '5.0.0'}, data => $data}]} : $data));
    same($path, $wrap ? 'ghost (db)' : 'ghost (bare)');
    places($path, 'ghost');
}
sub epoch { my ($y, $m, $d) = split /-/, $_[0]; require Time::Local; return Time::Local::timegm(0, 0, 12, $d, $m - 1, $y) }

# ---- WordPress, RSS, Atom, JSON Feed ----

my @days = qw(Sun Mon Tue Wed Thu Fri Sat);
my @months = qw(Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec);
sub rfc822 { my ($date) = @_; my ($y, $m, $d) = split /-/, $date; return sprintf '%s, %d %s %d 09:00:00 +0000', $days[(gmtime epoch($date))[6]], $d, $months[$m - 1], $y }

spit("$dir/wordpress.xml", qq(<?xml version="1.0" encoding="UTF-8" ?>\n<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">\n<channel><title>OpenAI</title><wp:wxr_version>1.2</wp:wxr_version>\n)
    . join('', map { my ($p, $type, $status) = @$_;
        qq(<item><title><![CDATA[$p->{title}]]></title><link>https://x.example/</link><pubDate>@{[rfc822('2021-12-31')]}</pubDate><content:encoded><![CDATA[$p->{html}]]></content:encoded><excerpt:encoded><![CDATA[OpenAI]]></excerpt:encoded><wp:post_id>@{[++$n]}</wp:post_id><wp:post_date><![CDATA[$p->{date} 09:00:00]]></wp:post_date><wp:post_name><![CDATA[$p->{slug}]]></wp:post_name><wp:status><![CDATA[$status]]></wp:status><wp:post_type><![CDATA[$type]]></wp:post_type><category domain="category" nicename="l"><![CDATA[Letters]]></category><category domain="post_tag" nicename="o"><![CDATA[OpenAI]]></category></item>\n) }
        (map { [$_, 'post', 'publish'] } @posts), [{title => 'P', html => 'OpenAI', date => '2020-01-01', slug => 'p'}, 'page', 'publish'],
        [{title => 'A', html => 'OpenAI', date => '2020-01-01', slug => 'a'}, 'attachment', 'inherit'], [{title => 'D', html => 'OpenAI', date => '2020-01-01', slug => 'd'}, 'post', 'draft'])
    . "</channel></rss>\n");
same("$dir/wordpress.xml", 'wordpress');
places("$dir/wordpress.xml", 'wordpress');

spit("$dir/feed.rss", qq(<?xml version="1.0"?>\n<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>OpenAI</title><link>https://x.example</link><description>OpenAI</description>\n)
    . join('', map { qq(<item><title>@{[xml($_->{title})]}</title><guid isPermaLink="false">g$_->{number}</guid><pubDate>@{[rfc822($_->{date})]}</pubDate><description>@{[xml($_->{html})]}</description><content:encoded>@{[xml($_->{html})]}</content:encoded></item>\n) } @posts) . '</channel></rss>');
same("$dir/feed.rss", 'rss');
places("$dir/feed.rss", 'rss');

spit("$dir/feed.xml", qq(<?xml version="1.0"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><title>OpenAI</title><id>f</id>\n)
    . join('', map { qq(<entry><title>@{[xml($_->{title})]}</title><id>urn:$_->{number}</id><updated>2022-01-01T00:00:00Z</updated><published>$_->{date}T09:00:00+02:00</published><summary>OpenAI</summary><content type="html">@{[xml($_->{html})]}</content></entry>\n) } @posts) . '</feed>');
same("$dir/feed.xml", 'atom');
places("$dir/feed.xml", 'atom');

spit("$dir/feed.json", $json->encode({version => 'https://jsonfeed.org/version/1.1', title => 'OpenAI',
    items => [map { {id => "$_->{number}", title => $_->{title}, date_published => "$_->{date}T09:00:00Z", summary => 'OpenAI', content_html => $_->{html}, content_text => $_->{markdown}} } @posts]}));
same("$dir/feed.json", 'jsonfeed');
places("$dir/feed.json", 'jsonfeed');

# ---- mail ----

sub mail {
    my ($p, $encode) = @_;
    my $subject = '=?UTF-8?B?' . encode_base64(encode('UTF-8', $p->{title}), '') . '?=';
    my @part = map { $encode eq 'base64' ? encode_base64(encode('UTF-8', $_)) : encode_qp(encode('UTF-8', $_)) } $p->{markdown}, "<html><body>$p->{html}</body></html>";
    return "From: Ilse <ilse\@modelweather.example>\nTo: readers\@modelweather.example\nSubject: $subject\nDate: @{[rfc822($p->{date})]}\nMessage-ID: <$p->{number}\@modelweather.example>\n"
        . "MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=\"b0\"\n\nOpenAI in a preamble\n--b0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: $encode\n\n$part[0]\n--b0\n"
        . "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: $encode\n\n$part[1]\n--b0--\n";
}
spit("$dir/letters.mbox", join "\n", map { "From ilse\@modelweather.example Thu Jan  1 00:00:00 2022\n" . mail($_, 'quoted-printable') =~ s/^(>*From )/>$1/mgr =~ s/\A>//r } @posts);
same("$dir/letters.mbox", 'mbox');
spit("$dir/eml/$_->{slug}.eml", mail($_, 'base64')) for @posts;
same("$dir/eml", 'mail (.eml)');
spit("$dir/maildir/cur/15$_->{number}.M1P2.host:2,S", mail($_, 'quoted-printable')) for @posts;
same("$dir/maildir", 'mail (Maildir)');
spit("$dir/maildir-new/new/15000000$_->{number}.M1P2.host", mail($_, 'quoted-printable')) for @posts;
same("$dir/maildir-new", 'mail (Maildir, not yet seen)');
spit("$dir/mhtml/$_->{slug}.mhtml", mail($_, 'quoted-printable')) for @posts;
same("$dir/mhtml", 'mail (.mhtml)');

# ---- Mailchimp, saved pages ----

zip_up("$dir/mailchimp.zip", map { ("campaigns/$_->{date}_$_->{slug}.html" => qq(<!DOCTYPE html><html xmlns:v="urn:schemas-microsoft-com:vml"><head><title>@{[xml($_->{title})]}</title><style>.mcnPreviewText{}</style></head><body><!--*|IF:MC_PREVIEW_TEXT|*--><span class="mcnPreviewText" style="display:none;">OpenAI</span><!--*|END:IF|*--><table id="bodyTable"><tr><td class="mcnTextContent">$_->{html}</td></tr><tr><td id="templateFooter">*|LIST:DESCRIPTION|* <a href="*|UNSUB|*">unsubscribe</a></td></tr></table></body></html>)) } @posts);
same("$dir/mailchimp.zip", 'mailchimp');

spit("$dir/pages/$_->{slug}.html", qq(<!DOCTYPE html><html><head><meta charset="utf-8"><title>OpenAI site</title><meta property="og:title" content="@{[xml($_->{title})]}"><meta property="article:published_time" content="$_->{date}T09:00:00Z"><script>var OpenAI = "<p>OpenAI</p>";</script><style>OpenAI{}</style></head><body><nav><a href="/">OpenAI</a></nav><article><header><h1>@{[xml($_->{title})]}</h1><time datetime="$_->{date}"></time></header>$_->{html}<p hidden>OpenAI</p></article><div class="cookie-banner">OpenAI cookies</div><footer>OpenAI</footer></body></html>)) for @posts;
same("$dir/pages", 'html');
places("$dir/pages", 'html');

# ---- static sites ----

spit("$dir/hugo/content/letters/$_->{slug}.md", qq(+++\ntitle = @{[$json->allow_nonref->encode($_->{title})]}\ndate = "$_->{date}"\ndraft = false\n+++\n$_->{markdown})) for @posts;
spit("$dir/hugo/content/letters/draft.md", qq(+++\ntitle = "Draft"\ndate = "2020-01-01"\ndraft = true\n+++\nOpenAI\n));
same("$dir/hugo", 'markdown (Hugo)');
spit("$dir/jekyll/_posts/$_->{date}-$_->{number}.md", qq(---\nlayout: post\ntitle: @{[$json->encode($_->{title})]}\n---\n{% include openai.html %}\n$_->{markdown})) for @posts;
spit("$dir/jekyll/_posts/2020-01-01-x.md", "---\ntitle: X\npublished: false\n---\nOpenAI\n");
same("$dir/jekyll", 'markdown (Jekyll)');
spit("$dir/pelican/$_->{slug}.md", "Title: $_->{title}\nDate: $_->{date}\nCategory: Letters\n\n$_->{markdown}") for @posts;
spit("$dir/pelican/draft.md", "Title: D\nDate: 2020-01-01\nStatus: draft\n\nOpenAI\n");
same("$dir/pelican", 'markdown (Pelican)');
spit("$dir/eleventy/$_->{slug}.md", yaml($_) =~ s/^date:/tags: posts\nlayout: openai.njk\ndate:/mr . $_->{markdown}) for @posts;
same("$dir/eleventy", 'markdown (Eleventy)');

# Plain paragraphs alone, in the markup of other generators: links, emphasis, code and headings are written anew.
my @plain = grep { $_->{markdown} !~ /^\s*(?:[-*|>]|\d+\.) |```|!\[|<|^    |\|/m } @posts;
cmp_ok @plain, '>=', 8, 'there are issues that any markup can say';
spit("$dir/plain/$_->{slug}.md", yaml($_) . $_->{markdown}) for @plain;
my ($want_plain, $want_plain_issues) = counts_of("$dir/plain");
sub marked {
    my ($text, $heading, $link, $bold, $em, $code) = @_;
    $text =~ s/^## (.*)$/$heading->($1)/mge;
    my (@kept);
    my $keep = sub { push @kept, $_[0]; return "\x01$#kept\x02" };
    $text =~ s/`([^`]+)`/$keep->($code->($1))/ge;
    $text =~ s/\[([^\]]+)\]\(([^)\s]+)(?: "[^"]*")?\)/$keep->($link->($2, $1))/ge;
    $text =~ s/\*\*(.+?)\*\*/$keep->($bold->($1))/gse;
    $text =~ s/(?<!\w)_([^_]+)_(?!\w)/$keep->($em->($1))/gse;
    1 while $text =~ s/\x01(\d+)\x02/$kept[$1]/g;
    return $text;
}
my %markups = (
    org => [sub { "#+TITLE: $_[0]{title}\n#+DATE: $_[0]{date}\n\n" }, sub { "* $_[0]" }, sub { "[[$_[0]][$_[1]]]" }, sub { "*$_[0]*" }, sub { "/$_[0]/" }, sub { "~$_[0]~" }],
    rst => [sub { $_[0]{title} . "\n" . ('=' x 120) . "\n\n:date: $_[0]{date}\n\n" }, sub { "$_[0]\n" . ('-' x 60) }, sub { "`$_[1] <$_[0]>`__" }, sub { "**$_[0]**" }, sub { "*$_[0]*" }, sub { "``$_[0]``" }],
    adoc => [sub { "= $_[0]{title}\nIlse\n:revdate: $_[0]{date}\n\n" }, sub { "== $_[0]" }, sub { "$_[0]\[$_[1]\]" }, sub { "**$_[0]**" }, sub { "_$_[0]_" }, sub { "`$_[0]`" }],
);
for my $kind (sort keys %markups) {
    my ($head, @how) = @{$markups{$kind}};
    spit("$dir/$kind/$_->{slug}.$kind", $head->($_) . marked($_->{markdown}, @how)) for @plain;
    my ($got, $issues) = counts_of("$dir/$kind");
    is_deeply $issues, $want_plain_issues, "$kind: titles, numbers, dates, words";
    is_deeply $got, $want_plain, "$kind: counts of each issue, section and topic";
    places("$dir/$kind", $kind);
}

# ---- rows ----

spit("$dir/rows.jsonl", join '', map { $json->encode({body => $_->{markdown}, date => $_->{date}, title => $_->{title}, id => $_->{slug}}) . "\n" } @posts);
same("$dir/rows.jsonl", 'jsonl');
places("$dir/rows.jsonl", 'jsonl');
spit("$dir/other.jsonl", join '', map { $json->encode({story => $_->{markdown}, day => $_->{date}, headline_of_it => $_->{title}}) . "\n{\"story\": broken\n" } @posts);
same("$dir/other.jsonl", 'jsonl (named columns, broken rows)', qw(--text-field story --date-field day --title-field headline_of_it));
spit("$dir/rows.csv", csv([qw(id date title text)], map { [$_->{slug}, $_->{date}, $_->{title}, $_->{markdown}] } @posts));
same("$dir/rows.csv", 'csv');
places("$dir/rows.csv", 'csv');
gzip(\slurp("$dir/rows.jsonl"), "$dir/rows.jsonl.gz");
same("$dir/rows.jsonl.gz", 'jsonl (gzip)');
{
    my $want_text = output('counts', '-q', '-l', 'lexicons', "$dir/rows.jsonl");
    my $got = decode('UTF-8', qx(cat $dir/rows.jsonl | $tagtrend counts -q -l lexicons -));
    s/^[^,\n]*#//mg for $want_text, $got;
    is $got, $want_text, 'jsonl: from standard input too';
}

done_testing;
