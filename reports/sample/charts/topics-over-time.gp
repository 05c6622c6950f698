# topics-over-time: for gnuplot 5.4 or newer; all data stand in this file.
# gnuplot topics-over-time.gp draws topics-over-time.svg beside this file; gnuplot -e "tt_png=1" topics-over-time.gp draws topics-over-time.png.
tt_file = 'topics-over-time'; tt_name = 'topics_over_time'
W = 860; H = 500
reset
if (!exists('tt_png')) { tt_png = 0 }
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
    set terminal pngcairo size 2*W,2*H font 'DejaVu Sans,13' fontscale 1.5 linewidth 2 pointscale 1.5 noenhanced butt background '#FFFFFF'
} else {
    set terminal svg size W,H fixed font 'DejaVu Sans, Helvetica, Arial, sans-serif,13' noenhanced butt background '#FFFFFF' name tt_name
}
if (tt_stdout) { set output } else { set output tt_folder.tt_file.(tt_png ? '.png' : '.svg') }
sx(x) = x / real(W)
sy(y) = 1 - y / real(H)
ink = '#1F1F1F'; soft = '#5A5A5A'; pale = '#F1F1F1'; line = '#E6E6E6'
unset key; unset colorbox; unset border; unset xtics; unset ytics
set style fill solid 1 noborder
set lmargin at screen sx(70); set rmargin at screen sx(W - 153)
set tmargin at screen sy(92); set bmargin at screen sy(H - 58)
set label 'The eight most covered topics over time' at screen sx(24), screen sy(26) left font ',18' tc rgb ink
set label 'Share of the issues of each year with at least one mention' at screen sx(24), screen sy(49) left font ',12' tc rgb soft
set label 'Incomplete (*): 2021 runs to 3 October. 1 issue without a date is left out.' at screen sx(24), screen sy(66) left font ',12' tc rgb soft
# period, complete, then per cent
$data << EOD
0 1 100 100 36.3636 45.4545 0 27.2727 45.4545 45.4545
1 1 100 63.6364 63.6364 45.4545 54.5455 54.5455 27.2727 36.3636
2 0 100 55.5556 100 55.5556 88.8889 33.3333 33.3333 0
EOD
array color[8] = ['#0072B2', '#D55E00', '#009E73', '#B0468A', '#3A9BD9', '#C98A00', '#3F3F3F', '#8A8A8A']
set xrange [-0.5:2.5]
set yrange [0:100]
set ytics 0,20 scale 0 format '%g %%' font ',11' tc rgb soft
set grid ytics back lt 1 lw 1 lc rgb line
set object rectangle from first 2 - 0.5, graph 0 to first 2 + 0.5, graph 1 behind fc rgb pale fs solid noborder
set label '2019' at first 0, screen sy(460) center font ',12' tc rgb soft
set label '2020' at first 1, screen sy(460) center font ',12' tc rgb soft
set label '2021*' at first 2, screen sy(460) center font ',12' tc rgb soft
set arrow from first 2, first 100 to screen sx(W - 135), screen sy(92) nohead front lw 1 lc rgb color[1]
set label 'Climate' at screen sx(W - 130), screen sy(92) left front tc rgb ink
set arrow from first 2, first 55.5556 to screen sx(W - 135), screen sy(247.556) nohead front lw 1 lc rgb color[2]
set label 'GAN' at screen sx(W - 130), screen sy(247.556) left front tc rgb ink
set arrow from first 2, first 100 to screen sx(W - 135), screen sy(110) nohead front lw 1 lc rgb color[3]
set label 'GPT' at screen sx(W - 130), screen sy(110) left front tc rgb ink
set arrow from first 2, first 55.5556 to screen sx(W - 135), screen sy(265.556) nohead front lw 1 lc rgb color[4]
set label 'OpenAI' at screen sx(W - 130), screen sy(265.556) left front tc rgb ink
set arrow from first 2, first 88.8889 to screen sx(W - 135), screen sy(130.889) nohead front lw 1 lc rgb color[5]
set label 'GPT-3' at screen sx(W - 130), screen sy(130.889) left front tc rgb ink
set arrow from first 2, first 33.3333 to screen sx(W - 135), screen sy(325.333) nohead front lw 1 lc rgb color[6]
set label 'Transformer' at screen sx(W - 130), screen sy(325.333) left front tc rgb ink
set arrow from first 2, first 33.3333 to screen sx(W - 135), screen sy(343.333) nohead front lw 1 lc rgb color[7]
set label 'Climate change' at screen sx(W - 130), screen sy(343.333) left front tc rgb ink
set arrow from first 2, first 0 to screen sx(W - 135), screen sy(442) nohead front lw 1 lc rgb color[8]
set label 'BERT' at screen sx(W - 130), screen sy(442) left front tc rgb ink
n = 8; first = 0; last = 1
plot for [k=1:n] $data using 1:(column(k+2)) every ::0::first with lines lw 1.5 dt (8,5) lc rgb color[k], \
     for [k=1:n] $data using 1:(column(k+2)) every ::last with lines lw 1.5 dt (8,5) lc rgb color[k], \
     for [k=1:n] $data using 1:(column(k+2)) every ::first::last with lines lw 2.4 lc rgb color[k], \
     for [k=1:n] $data using 1:(column(k+2)) with points pt 7 ps 0.8 lc rgb color[k], \
     for [k=1:n] $data using 1:($2 == 1 ? NaN : column(k+2)) with points pt 7 ps 0.45 lc rgb '#FFFFFF'
unset output
