# issues-referred-to: for gnuplot 5.4 or newer; all data stand in this file.
# gnuplot issues-referred-to.gp draws issues-referred-to.svg beside this file; gnuplot -e "tt_png=1" issues-referred-to.gp draws issues-referred-to.png, tt_pdf=1 issues-referred-to.pdf.
tt_file = 'issues-referred-to'; tt_name = 'issues_referred_to'
W = 480; H = 228
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
set lmargin at screen sx(195); set rmargin at screen sx(W - 90)
set tmargin at screen sy(100); set bmargin at screen sy(H - 32)
set label 'Most referred to in 2020: #8, from 2 of 11 issues; #1' at screen sx(12), screen sy(19) left font ',17' tc rgb ink
set label 'from 1: no clear lead' at screen sx(12), screen sy(41) left font ',17' tc rgb ink
set label 'Share of the 11 issues of 2020 that refer to the issue; line: 95 % interval' at screen sx(12), screen sy(62) left font ',12' tc rgb soft
set label '(Wilson); numbers: issues and times' at screen sx(12), screen sy(79) left font ',12' tc rgb soft
# row, share, low, high: per cent of the issues
$bars << EOD
1 18.1818 5.13677 47.6981
2 9.09091 1.62322 37.7358
3 9.09091 1.62322 37.7358
4 9.09091 1.62322 37.7358
EOD
set label ('#8: Microsoft'.tt_q.'s billion…') at first 0, first 1 right offset char -0.8,0 tc rgb ink
set label '2 · 2 times' at first 47.6981, first 1 left offset char 0.8,0 font ',12' tc rgb ink
set label '#1: First readings, fac…' at first 0, first 2 right offset char -0.8,0 tc rgb ink
set label '1 · 1 time' at first 37.7358, first 2 left offset char 0.8,0 font ',12' tc rgb ink
set label '#3: A model kept in the…' at first 0, first 3 right offset char -0.8,0 tc rgb ink
set label '1 · 1 time' at first 37.7358, first 3 left offset char 0.8,0 font ',12' tc rgb ink
set label '#11: The whole drawer,…' at first 0, first 4 right offset char -0.8,0 tc rgb ink
set label '1 · 1 time' at first 37.7358, first 4 left offset char 0.8,0 font ',12' tc rgb ink
set yrange [4.5:0.5]
set xrange [0:47.6981]
set xtics 0,20 scale 0 format '%g %%' font ',12' tc rgb soft
set grid xtics back lt 1 lw 1 lc rgb line
plot $bars using 2:1:(0):2:($1-0.34):($1+0.34) with boxxyerror fc rgb color[1], \
     $bars using 3:1:($4-$3):(0) with vectors nohead lw 1.2 lc rgb ink
unset output
