# risers-and-fallers: for gnuplot 5.4 or newer; all data stand in this file.
# gnuplot risers-and-fallers.gp draws risers-and-fallers.svg beside this file; gnuplot -e "tt_png=1" risers-and-fallers.gp draws risers-and-fallers.png, tt_pdf=1 risers-and-fallers.pdf.
tt_file = 'risers-and-fallers'; tt_name = 'risers_and_fallers'
W = 480; H = 165
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
set lmargin at screen sx(90); set rmargin at screen sx(W - 51)
set tmargin at screen sy(83); set bmargin at screen sy(H - 34)
set label '2 topics are new in 2020; most mentions of the new:' at screen sx(12), screen sy(19) left font ',17' tc rgb ink
set label 'GPT-3' at screen sx(12), screen sy(41) left font ',17' tc rgb ink
set label 'Mentions per 10 000 words, 2020 over 2019, with 95 % interval, log scale' at screen sx(12), screen sy(62) left font ',12' tc rgb soft
# row, value, before, low, high, colour
$dots << EOD
1 5.06029 NaN 0.906031 9.21454 1
2 4.01298 NaN -0.228256 8.25422 1
EOD
array band[2] = ['#BFDCEC', '#F3DEBF']
set yrange [2.5:0.5]
set xrange [-10.25:10.25]
set xtics ('÷256' -8, '÷16' -4, 'same' 0, '×16' 4, '×256' 8) scale 0 font ',12' tc rgb soft
set grid xtics back lt 1 lw 1 lc rgb line
set arrow from first 0, graph 0 to first 0, graph 1 nohead back lw 1 lc rgb soft
set label 'GPT-3' at screen sx(76), first 1 right tc rgb ink
set label 'new' at screen sx(W - 12), first 1 right font ',12' tc rgb ink
set label 'COVID-19' at screen sx(76), first 2 right tc rgb ink
set label 'new' at screen sx(W - 12), first 2 right font ',12' tc rgb ink
shade(k) = int(column(6)) == k ? 0 : NaN
plot for [k=1:2] $dots using ($4+shade(k)):1:4:5:($1-0.22):($1+0.22) with boxxyerror fc rgb band[k], \
     $dots using 3:1:($2-$3):(0) with vectors nohead lw 1.2 lc rgb soft, \
     $dots using 3:1 with points pt 7 ps 0.75 lc rgb soft, \
     $dots using 3:1 with points pt 7 ps 0.5 lc rgb '#FFFFFF', \
     for [k=1:2] $dots using ($2+shade(k)):1 with points pt 7 ps 0.95 lc rgb color[k]
unset output
