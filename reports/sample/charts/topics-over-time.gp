# topics-over-time: for gnuplot 5.4 or newer; all data stand in this file.
# gnuplot topics-over-time.gp draws topics-over-time.svg beside this file; gnuplot -e "tt_png=1" topics-over-time.gp draws topics-over-time.png, tt_pdf=1 topics-over-time.pdf.
tt_file = 'topics-over-time'; tt_name = 'topics_over_time'
W = 480; H = 454
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
set lmargin at screen sx(56); set rmargin at screen sx(W - 137)
set tmargin at screen sy(108); set bmargin at screen sy(H - 46)
set label 'Of the top eight, GPT-3 moved most: from 0 % of the' at screen sx(12), screen sy(19) left font ',17' tc rgb ink
set label 'issues in 2019 to 55 % in 2020' at screen sx(12), screen sy(41) left font ',17' tc rgb ink
set label 'Share of the issues of each year with at least one mention' at screen sx(12), screen sy(62) left font ',12' tc rgb soft
set label 'Incomplete (*): 2021 runs to 3 October. 1 issue without a date is left out.' at screen sx(12), screen sy(79) left font ',12' tc rgb soft
# period, complete, then per cent
$data << EOD
0 1 100 100 36.3636 45.4545 0 27.2727 45.4545 45.4545
1 1 100 63.6364 63.6364 45.4545 54.5455 54.5455 27.2727 36.3636
2 0 100 55.5556 100 55.5556 88.8889 33.3333 33.3333 0
EOD
set xrange [-0.5:2.5]
set yrange [0:100]
set ytics 0,25 scale 0 format '%g %%' font ',12' tc rgb soft
set grid ytics back lt 1 lw 1 lc rgb line
set object rectangle from first 1.5, graph 0 to first 2.5, graph 1 behind fs pattern 5 noborder fc rgb pale
set label '2019' at first 0, screen sy(422) center font ',12' tc rgb soft
set label '2020' at first 1, screen sy(422) center font ',12' tc rgb soft
set label '2021*' at first 2, screen sy(422) center font ',12' tc rgb soft
set arrow from first 2, first 100 to screen sx(W - 119), screen sy(108) nohead front lw 1 lc rgb color[1]
set label 'Climate' at screen sx(W - 114), screen sy(108) left front tc rgb ink
set arrow from first 2, first 55.5556 to screen sx(W - 119), screen sy(241.333) nohead front lw 1 lc rgb color[2]
set label 'GAN' at screen sx(W - 114), screen sy(241.333) left front tc rgb ink
set arrow from first 2, first 100 to screen sx(W - 119), screen sy(125) nohead front lw 1 lc rgb color[3]
set label 'GPT' at screen sx(W - 114), screen sy(125) left front tc rgb ink
set arrow from first 2, first 55.5556 to screen sx(W - 119), screen sy(258.333) nohead front lw 1 lc rgb color[4]
set label 'OpenAI' at screen sx(W - 114), screen sy(258.333) left front tc rgb ink
set arrow from first 2, first 88.8889 to screen sx(W - 119), screen sy(142) nohead front lw 1 lc rgb color[5]
set label 'GPT-3' at screen sx(W - 114), screen sy(142) left front tc rgb ink
set arrow from first 2, first 33.3333 to screen sx(W - 119), screen sy(308) nohead front lw 1 lc rgb color[6]
set label 'Transformer' at screen sx(W - 114), screen sy(308) left front tc rgb ink
set arrow from first 2, first 33.3333 to screen sx(W - 119), screen sy(325) nohead front lw 1 lc rgb color[7]
set label 'Climate change' at screen sx(W - 114), screen sy(325) left front tc rgb ink
set arrow from first 2, first 0 to screen sx(W - 119), screen sy(408) nohead front lw 1 lc rgb color[8]
set label 'BERT' at screen sx(W - 114), screen sy(408) left front tc rgb ink
n = 8; first = 0; last = 1
plot for [k=1:n] $data using 1:(column(k+2)) every ::0::first with lines lw 1.5 dt (8,5) lc rgb color[k], \
     for [k=1:n] $data using 1:(column(k+2)) every ::last with lines lw 1.5 dt (8,5) lc rgb color[k], \
     for [k=1:n] $data using 1:(column(k+2)) every ::first::last with lines lw 2.4 lc rgb color[k], \
     for [k=1:n] $data using 1:(column(k+2)) with points pt 7 ps 0.8 lc rgb color[k], \
     for [k=1:n] $data using 1:($2 == 1 ? NaN : column(k+2)) with points pt 7 ps 0.45 lc rgb '#FFFFFF'
unset output
