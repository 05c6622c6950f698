# top-topics: for gnuplot 5.4 or newer; all data stand in this file.
# gnuplot top-topics.gp draws top-topics.svg beside this file; gnuplot -e "tt_png=1" top-topics.gp draws top-topics.png, tt_pdf=1 top-topics.pdf.
tt_file = 'top-topics'; tt_name = 'top_topics'
W = 480; H = 531
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
set lmargin at screen sx(142); set rmargin at screen sx(W - 65)
set tmargin at screen sy(137); set bmargin at screen sy(H - 34)
set label 'Climate was in 11 of 11 issues of 2020, GPT in 7: no' at screen sx(12), screen sy(19) left font ',17' tc rgb ink
set label 'clear lead' at screen sx(12), screen sy(41) left font ',17' tc rgb ink
set label 'Share of the 11 issues of 2020 with at least one mention; band: 95 %' at screen sx(12), screen sy(62) left font ',12' tc rgb soft
set label 'interval (Wilson); hollow: 2019 (11 issues)' at screen sx(12), screen sy(79) left font ',12' tc rgb soft
set label 'Shown: 15 of 61 topics.' at screen sx(12), screen sy(96) left font ',12' tc rgb soft
# row, value, before, low, high, colour
$dots << EOD
1 100 100 74.1167 100 1
2 63.6364 36.3636 35.3801 84.8335 1
3 63.6364 100 35.3801 84.8335 1
4 54.5455 0 28.0092 78.7287 1
5 54.5455 27.2727 28.0092 78.7287 1
6 45.4545 45.4545 21.2713 71.9908 1
7 36.3636 45.4545 15.1665 64.6199 1
8 27.2727 0 9.74606 56.5645 1
9 27.2727 36.3636 9.74606 56.5645 1
10 27.2727 27.2727 9.74606 56.5645 1
11 27.2727 9.09091 9.74606 56.5645 1
12 27.2727 9.09091 9.74606 56.5645 1
13 27.2727 45.4545 9.74606 56.5645 1
14 18.1818 9.09091 5.13677 47.6981 1
15 18.1818 9.09091 5.13677 47.6981 1
EOD
array band[2] = ['#BFDCEC', '#F3DEBF']
set yrange [15.5:0.5]
set xrange [0:102]
set xtics 0,25 scale 0 format '%g %%' font ',12' tc rgb soft
set grid xtics back lt 1 lw 1 lc rgb line
set label 'Climate' at screen sx(128), first 1 right tc rgb ink
set label '100 %' at screen sx(W - 12), first 1 right font ',12' tc rgb ink
set label 'GPT' at screen sx(128), first 2 right tc rgb ink
set label '64 %' at screen sx(W - 12), first 2 right font ',12' tc rgb ink
set label 'GAN' at screen sx(128), first 3 right tc rgb ink
set label '64 %' at screen sx(W - 12), first 3 right font ',12' tc rgb ink
set label 'GPT-3' at screen sx(128), first 4 right tc rgb ink
set label '55 %' at screen sx(W - 12), first 4 right font ',12' tc rgb ink
set label 'Transformer' at screen sx(128), first 5 right tc rgb ink
set label '55 %' at screen sx(W - 12), first 5 right font ',12' tc rgb ink
set label 'OpenAI' at screen sx(128), first 6 right tc rgb ink
set label '45 %' at screen sx(W - 12), first 6 right font ',12' tc rgb ink
set label 'BERT' at screen sx(128), first 7 right tc rgb ink
set label '36 %' at screen sx(W - 12), first 7 right font ',12' tc rgb ink
set label 'COVID-19' at screen sx(128), first 8 right tc rgb ink
set label '27 %' at screen sx(W - 12), first 8 right font ',12' tc rgb ink
set label 'GPT-2' at screen sx(128), first 9 right tc rgb ink
set label '27 %' at screen sx(W - 12), first 9 right font ',12' tc rgb ink
set label 'Google' at screen sx(128), first 10 right tc rgb ink
set label '27 %' at screen sx(W - 12), first 10 right font ',12' tc rgb ink
set label 'Language models' at screen sx(128), first 11 right tc rgb ink
set label '27 %' at screen sx(W - 12), first 11 right font ',12' tc rgb ink
set label 'Microsoft' at screen sx(128), first 12 right tc rgb ink
set label '27 %' at screen sx(W - 12), first 12 right font ',12' tc rgb ink
set label 'Climate change' at screen sx(128), first 13 right tc rgb ink
set label '27 %' at screen sx(W - 12), first 13 right font ',12' tc rgb ink
set label 'Tesla' at screen sx(128), first 14 right tc rgb ink
set label '18 %' at screen sx(W - 12), first 14 right font ',12' tc rgb ink
set label 'Facial recognition' at screen sx(128), first 15 right tc rgb ink
set label '18 %' at screen sx(W - 12), first 15 right font ',12' tc rgb ink
set label '2020' at first 100, screen sy(129) left offset char 0.2,0 font ',12' tc rgb color[1]
set label '2019' at first 100, screen sy(129) right offset char -0.2,0 font ',12' tc rgb soft
shade(k) = int(column(6)) == k ? 0 : NaN
plot for [k=1:2] $dots using ($4+shade(k)):1:4:5:($1-0.22):($1+0.22) with boxxyerror fc rgb band[k], \
     $dots using 3:1:($2-$3):(0) with vectors nohead lw 1.2 lc rgb soft, \
     $dots using 3:1 with points pt 7 ps 0.75 lc rgb soft, \
     $dots using 3:1 with points pt 7 ps 0.5 lc rgb '#FFFFFF', \
     for [k=1:2] $dots using ($2+shade(k)):1 with points pt 7 ps 0.95 lc rgb color[k]
unset output
