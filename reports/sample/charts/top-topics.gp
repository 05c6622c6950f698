# top-topics: for gnuplot 5.4 or newer; all data stand in this file.
# gnuplot top-topics.gp draws top-topics.svg beside this file; gnuplot -e "tt_png=1" top-topics.gp draws top-topics.png, tt_pdf=1 top-topics.pdf.
tt_file = 'top-topics'; tt_name = 'top_topics'
W = 480; H = 487
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
set lmargin at screen sx(137); set rmargin at screen sx(W - 150)
set tmargin at screen sy(95); set bmargin at screen sy(H - 32)
set label 'Climate leads all topics: in 32 of 32 issues' at screen sx(12), screen sy(19) left font ',17' tc rgb ink
set label 'Share of the 32 issues with at least one mention, and the number of' at screen sx(12), screen sy(40) left font ',12' tc rgb soft
set label 'mentions; line: 95 % interval (Wilson)' at screen sx(12), screen sy(57) left font ',12' tc rgb soft
set label '1 issue without a date is counted too. Shown: 15 of 116 topics that occur.' at screen sx(12), screen sy(74) left font ',12' tc rgb soft
# row, share, low, high: per cent of the issues
$bars << EOD
1 100 89.2821 100
2 75 57.8934 86.7476
3 62.5 45.2544 77.0661
4 50 33.6309 66.3691
5 43.75 28.1653 60.6744
6 37.5 22.9339 54.7456
7 34.375 20.4104 51.6889
8 28.125 15.5646 45.3745
9 28.125 15.5646 45.3745
10 21.875 11.0238 38.755
11 18.75 8.88954 35.3092
12 18.75 8.88954 35.3092
13 15.625 6.86442 31.7541
14 15.625 6.86442 31.7541
15 15.625 6.86442 31.7541
EOD
set label 'Climate' at first 0, first 1 right offset char -0.8,0 tc rgb ink
set label '100 % · 52 mentions' at first 100, first 1 left offset char 0.8,0 font ',12' tc rgb ink
set label 'GAN' at first 0, first 2 right offset char -0.8,0 tc rgb ink
set label '75 % · 42 mentions' at first 86.7476, first 2 left offset char 0.8,0 font ',12' tc rgb ink
set label 'GPT' at first 0, first 3 right offset char -0.8,0 tc rgb ink
set label '63 % · 54 mentions' at first 77.0661, first 3 left offset char 0.8,0 font ',12' tc rgb ink
set label 'OpenAI' at first 0, first 4 right offset char -0.8,0 tc rgb ink
set label '50 % · 22 mentions' at first 66.3691, first 4 left offset char 0.8,0 font ',12' tc rgb ink
set label 'GPT-3' at first 0, first 5 right offset char -0.8,0 tc rgb ink
set label '44 % · 25 mentions' at first 60.6744, first 5 left offset char 0.8,0 font ',12' tc rgb ink
set label 'Transformer' at first 0, first 6 right offset char -0.8,0 tc rgb ink
set label '38 % · 16 mentions' at first 54.7456, first 6 left offset char 0.8,0 font ',12' tc rgb ink
set label 'Climate change' at first 0, first 7 right offset char -0.8,0 tc rgb ink
set label '34 % · 13 mentions' at first 51.6889, first 7 left offset char 0.8,0 font ',12' tc rgb ink
set label 'BERT' at first 0, first 8 right offset char -0.8,0 tc rgb ink
set label '28 % · 13 mentions' at first 45.3745, first 8 left offset char 0.8,0 font ',12' tc rgb ink
set label 'GPT-2' at first 0, first 9 right offset char -0.8,0 tc rgb ink
set label '28 % · 13 mentions' at first 45.3745, first 9 left offset char 0.8,0 font ',12' tc rgb ink
set label 'Google' at first 0, first 10 right offset char -0.8,0 tc rgb ink
set label '22 % · 10 mentions' at first 38.755, first 10 left offset char 0.8,0 font ',12' tc rgb ink
set label 'Microsoft' at first 0, first 11 right offset char -0.8,0 tc rgb ink
set label '19 % · 10 mentions' at first 35.3092, first 11 left offset char 0.8,0 font ',12' tc rgb ink
set label 'Language models' at first 0, first 12 right offset char -0.8,0 tc rgb ink
set label '19 % · 7 mentions' at first 35.3092, first 12 left offset char 0.8,0 font ',12' tc rgb ink
set label 'Tesla' at first 0, first 13 right offset char -0.8,0 tc rgb ink
set label '16 % · 17 mentions' at first 31.7541, first 13 left offset char 0.8,0 font ',12' tc rgb ink
set label 'Self-driving' at first 0, first 14 right offset char -0.8,0 tc rgb ink
set label '16 % · 9 mentions' at first 31.7541, first 14 left offset char 0.8,0 font ',12' tc rgb ink
set label 'TensorFlow' at first 0, first 15 right offset char -0.8,0 tc rgb ink
set label '16 % · 8 mentions' at first 31.7541, first 15 left offset char 0.8,0 font ',12' tc rgb ink
set yrange [15.5:0.5]
set xrange [0:100]
set xtics 0,25 scale 0 format '%g %%' font ',12' tc rgb soft
set grid xtics back lt 1 lw 1 lc rgb line
plot $bars using 2:1:(0):2:($1-0.34):($1+0.34) with boxxyerror fc rgb color[1], \
     $bars using 3:1:($4-$3):(0) with vectors nohead lw 1.2 lc rgb ink
unset output
