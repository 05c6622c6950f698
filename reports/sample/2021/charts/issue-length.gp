# issue-length: for gnuplot 5.4 or newer; all data stand in this file.
# gnuplot issue-length.gp draws issue-length.svg beside this file; gnuplot -e "tt_png=1" issue-length.gp draws issue-length.png, tt_pdf=1 issue-length.pdf.
tt_file = 'issue-length'; tt_name = 'issue_length'
W = 480; H = 387
reset
if (!exists('tt_png')) { tt_png = 0 }
if (!exists('tt_pdf')) { tt_pdf = 0 }
if (!exists('tt_plain')) { tt_plain = 0 }
if (!exists('tt_stdout')) { tt_stdout = 0 }
if (!exists('ARG0')) { ARG0 = '' }
tt_q = "\047"
tt_slash = 0
do for [tt_i = 1:strlen(ARG0)] { if (ARG0[tt_i:tt_i] eq '/') { tt_slash = tt_i } }
tt_folder = tt_slash ? ARG0[1:tt_slash] : ''
if (tt_folder[1:1] ne '/') { tt_folder = './'.tt_folder }
set encoding utf8
if (tt_png) {
    set terminal pngcairo size 2*W,2*H font 'DejaVu Sans,13' fontscale 1.5 linewidth 2 pointscale 2.6 noenhanced butt background '#FFFFFF'
} else { if (tt_pdf) {
    set terminal pdfcairo size W/96.0,H/96.0 font 'DejaVu Sans,13' fontscale 0.5625 linewidth 1.5 pointscale 0.95 noenhanced butt background '#FFFFFF'
} else {
    set terminal svg size W,H fixed font 'DejaVu Sans, Verdana, Helvetica, Arial, sans-serif,13' noenhanced butt background '#FFFFFF' name tt_name
} }
tt_ending = tt_png ? '.png' : tt_pdf ? '.pdf' : '.svg'
if (tt_stdout) { set output } else { set output tt_folder.tt_file.tt_ending }
sx(x) = x / real(W)
sy(y) = 1 - y / real(H)
ink = '#1F1F1F'; soft = '#5A5A5A'; pale = '#D4D4D4'; line = '#E6E6E6'
unset key; unset colorbox; unset border; unset xtics; unset ytics
set style fill solid 1 noborder
array color[8] = ['#0072B2', '#CF7A00', '#5B2A6E', '#3A9BD9', '#00573F', '#D55E00', '#3F3F3F', '#8A8A8A']
set lmargin at screen sx(56); set rmargin at screen sx(W - 92)
set tmargin at screen sy(133); set bmargin at screen sy(H - 34)
set label 'The median issue of 2021 had 214 words, 10 % more' at screen sx(12), screen sy(19) left font ',17' tc rgb ink
set label 'than in 2020 to 3 October' at screen sx(12), screen sy(41) left font ',17' tc rgb ink
set label 'Words of each issue, by day (9 issues, 163 to 248 words); dashed: the' at screen sx(12), screen sy(62) left font ',12' tc rgb soft
set label 'median' at screen sx(12), screen sy(79) left font ',12' tc rgb soft
set label '2021 is incomplete: it runs to 3 October. Hatched: later days.' at screen sx(12), screen sy(96) left font ',12' tc rgb soft
# day since 1970-01-01, value
$days << EOD
18630 163
18665 213
18693 232
18721 183
18749 197
18784 214
18812 228
18875 248
18903 241
EOD
set xrange [18625:18995]
set yrange [0:257.92]
set ytics 0,100 scale 0 format '%g' font ',12' tc rgb soft
set grid ytics back lt 1 lw 1 lc rgb line
set label 'Jan' at first 18643, screen sy(367) center font ',12' tc rgb soft
set label 'Feb' at first 18674, screen sy(367) center font ',12' tc rgb soft
set label 'Mar' at first 18702, screen sy(367) center font ',12' tc rgb soft
set label 'Apr' at first 18733, screen sy(367) center font ',12' tc rgb soft
set label 'May' at first 18763, screen sy(367) center font ',12' tc rgb soft
set label 'Jun' at first 18794, screen sy(367) center font ',12' tc rgb soft
set label 'Jul' at first 18824, screen sy(367) center font ',12' tc rgb soft
set label 'Aug' at first 18855, screen sy(367) center font ',12' tc rgb soft
set label 'Sep' at first 18886, screen sy(367) center font ',12' tc rgb soft
set label 'Oct' at first 18916, screen sy(367) center font ',12' tc rgb soft
set label 'Nov' at first 18947, screen sy(367) center font ',12' tc rgb soft
set label 'Dec' at first 18977, screen sy(367) center font ',12' tc rgb soft
set label '#30: 248' at first 18875, first 248 right front offset char 0.5,0.8 font ',12' tc rgb ink
set object rectangle from first 18906, graph 0 to first 18995, graph 1 behind fs pattern 5 noborder fc rgb pale
set label 'no data' at first 18994, graph 0.94 right front font ',12' tc rgb soft
set arrow from graph 0, first 214 to graph 1, first 214 nohead front lw 1.5 dt (6,4) lc rgb ink
set label 'median 214' at graph 1, first 214 left offset char 0.8,0 font ',12' tc rgb ink
plot $days using 1:2 with impulses lw 6 lc rgb color[1]
unset output
