# organizations: for gnuplot 5.4 or newer; all data stand in this file.
# gnuplot organizations.gp draws organizations.svg beside this file; gnuplot -e "tt_png=1" organizations.gp draws organizations.png, tt_pdf=1 organizations.pdf.
tt_file = 'organizations'; tt_name = 'organizations'
W = 480; H = 371
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
set lmargin at screen sx(12); set rmargin at screen sx(W - 108)
set tmargin at screen sy(143); set bmargin at screen sy(H - 12)
set label 'OpenAI was in 5 of 9 issues of 2021, Tesla in 2: no' at screen sx(12), screen sy(19) left font ',17' tc rgb ink
set label 'clear lead among the organizations' at screen sx(12), screen sy(41) left font ',17' tc rgb ink
set label 'Rank among all organizations of each year by the share of its issues with a' at screen sx(12), screen sy(62) left font ',12' tc rgb soft
set label 'mention; = is a tie, a small mark no mention' at screen sx(12), screen sy(79) left font ',12' tc rgb soft
set label 'Incomplete (*): 2021.' at screen sx(12), screen sy(96) left font ',12' tc rgb soft
# period, place, colour (0: grey), half width of the mark (0: none), 1 where the row occurs
$marks << EOD
0 1 1 0.0833333 1
1 1 1 0.0833333 1
2 1 1 0.0833333 1
0 3 2 0.125 1
1 4 2 0.125 1
2 2 2 0.125 1
0 4 3 0.125 1
1 3 3 0.125 1
2 3 3 0.125 1
0 6 4 0.125 1
1 6 4 0.125 1
2 4 4 0.125 1
0 5 5 0.125 1
1 7 5 0.125 1
2 5 5 0.125 1
0 2 6 0.0833333 1
1 2 6 0.125 1
2 6 6 0.125 1
0 7 7 0.125 1
1 8 7 0 0
2 7 7 0.125 1
0 8 8 0 0
1 5 8 0.125 1
2 8 8 0.125 1
EOD
set xrange [-0.5:2.5]
set yrange [8.5:0.5]
set object rectangle from first 1.5, graph 0 to first 2.5, graph 1 behind fs pattern 5 noborder fc rgb pale
set label '2019' at first 0, screen sy(131) center font ',12' tc rgb soft
set label '2020' at first 1, screen sy(131) center font ',12' tc rgb soft
set label '2021*' at first 2, screen sy(131) center font ',12' tc rgb soft
set arrow from first 2 - 0.3, graph 1 to first 2 + 0.3, graph 1 nohead front lw 2 lc rgb ink
set arrow from first 0, first 1 to first 1, first 1 nohead back lw 2.4 lc rgb color[1]
set arrow from first 1, first 1 to first 2, first 1 nohead back lw 2.4 lc rgb color[1]
set arrow from first 0, first 3 to first 1, first 4 nohead back lw 2.4 lc rgb color[2]
set arrow from first 1, first 4 to first 2, first 2 nohead back lw 2.4 lc rgb color[2]
set arrow from first 0, first 4 to first 1, first 3 nohead back lw 2.4 lc rgb color[3]
set arrow from first 1, first 3 to first 2, first 3 nohead back lw 2.4 lc rgb color[3]
set arrow from first 0, first 6 to first 1, first 6 nohead back lw 2.4 lc rgb color[4]
set arrow from first 1, first 6 to first 2, first 4 nohead back lw 2.4 lc rgb color[4]
set arrow from first 0, first 5 to first 1, first 7 nohead back lw 2.4 lc rgb color[5]
set arrow from first 1, first 7 to first 2, first 5 nohead back lw 2.4 lc rgb color[5]
set arrow from first 0, first 2 to first 1, first 2 nohead back lw 2.4 lc rgb color[6]
set arrow from first 1, first 2 to first 2, first 6 nohead back lw 2.4 lc rgb color[6]
set arrow from first 0, first 7 to first 1, first 8 nohead back lw 1 dt (3,4) lc rgb color[7]
set arrow from first 1, first 8 to first 2, first 7 nohead back lw 1 dt (3,4) lc rgb color[7]
set arrow from first 0, first 8 to first 1, first 5 nohead back lw 1 dt (3,4) lc rgb color[8]
set arrow from first 1, first 5 to first 2, first 8 nohead back lw 2.4 lc rgb color[8]
set label '1' at first 0, first 1 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 1, first 1 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 2, first 1 center front font ',12' tc rgb '#FFFFFF'
set label '=4' at first 0, first 3 center front font ',12' tc rgb '#000000'
set label '=4' at first 1, first 4 center front font ',12' tc rgb '#000000'
set label '=2' at first 2, first 2 center front font ',12' tc rgb '#000000'
set label '=4' at first 0, first 4 center front font ',12' tc rgb '#FFFFFF'
set label '=2' at first 1, first 3 center front font ',12' tc rgb '#FFFFFF'
set label '=2' at first 2, first 3 center front font ',12' tc rgb '#FFFFFF'
set label '=4' at first 0, first 6 center front font ',12' tc rgb '#000000'
set label '=7' at first 1, first 6 center front font ',12' tc rgb '#000000'
set label '=2' at first 2, first 4 center front font ',12' tc rgb '#000000'
set label '=4' at first 0, first 5 center front font ',12' tc rgb '#FFFFFF'
set label '=7' at first 1, first 7 center front font ',12' tc rgb '#FFFFFF'
set label '=5' at first 2, first 5 center front font ',12' tc rgb '#FFFFFF'
set label '2' at first 0, first 2 center front font ',12' tc rgb '#000000'
set label '=2' at first 1, first 2 center front font ',12' tc rgb '#000000'
set label '=5' at first 2, first 6 center front font ',12' tc rgb '#000000'
set label '=4' at first 0, first 7 center front font ',12' tc rgb '#FFFFFF'
set label '=5' at first 2, first 7 center front font ',12' tc rgb '#FFFFFF'
set label '=4' at first 1, first 5 center front font ',12' tc rgb '#000000'
set label '=5' at first 2, first 8 center front font ',12' tc rgb '#000000'
set label 'OpenAI' at screen sx(W - 102), first 1 left front tc rgb ink
set label 'Tesla' at screen sx(W - 102), first 2 left front tc rgb ink
set label 'Microsoft' at screen sx(W - 102), first 3 left front tc rgb ink
set label 'DeepMind' at screen sx(W - 102), first 4 left front tc rgb ink
set label 'GitHub' at screen sx(W - 102), first 5 left front tc rgb ink
set label 'Google' at screen sx(W - 102), first 6 left front tc rgb ink
set label 'Hugging Face' at screen sx(W - 102), first 7 left front tc rgb ink
set label 'Stanford' at screen sx(W - 102), first 8 left front tc rgb ink
hue(k) = k ? color[k] : '#767676'
plot $marks using ($5 == 1 ? NaN : $1):2 with points pt 7 ps 0.5 lc rgb '#8A8A8A', \
     for [k=0:8] $marks using ($5 == 1 && $4 == 0 && $3 == k ? $1 : NaN):2 with points pt 7 ps 0.9 lc rgb hue(k), \
     for [k=0:8] $marks using ($4 > 0 && $3 == k ? $1 : NaN):2:($1-$4):($1+$4):($2-0.35):($2+0.35) with boxxyerror fc rgb hue(k)
unset output
