# section-mix: for gnuplot 5.4 or newer; all data stand in this file.
# gnuplot section-mix.gp draws section-mix.svg beside this file; gnuplot -e "tt_png=1" section-mix.gp draws section-mix.png, tt_pdf=1 section-mix.pdf.
tt_file = 'section-mix'; tt_name = 'section_mix'
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
set lmargin at screen sx(56); set rmargin at screen sx(W - 151)
set tmargin at screen sy(108); set bmargin at screen sy(H - 46)
set label 'Pressure Systems has more room than any other' at screen sx(12), screen sy(19) left font ',17' tc rgb ink
set label 'section: 38 % of all words' at screen sx(12), screen sy(41) left font ',17' tc rgb ink
set label 'Share of the words of each year, per cent' at screen sx(12), screen sy(62) left font ',12' tc rgb soft
set label 'Incomplete (*): 2021 runs to 3 October. 1 issue without a date is left out.' at screen sx(12), screen sy(79) left font ',12' tc rgb soft
# period, complete, then per cent up to and with each part
$data << EOD
0 1 0 35.5361 62.3632 82.4508 91.6411 100 100
1 1 0 38.2478 70.4192 85.4922 93.1229 100 100
2 0 0 40.073 67.5873 84.8359 91.1933 97.6029 100
EOD
set xrange [-0.5:2.5]
set yrange [0:100]
set ytics 0,25 scale 0 format '%g %%' font ',12' tc rgb soft
set grid ytics back lt 1 lw 1 lc rgb line
set object rectangle from first 1.5, graph 0 to first 2.5, graph 1 front fs transparent pattern 5 noborder fc rgb '#70B8B8B8'
set label '2019' at first 0, screen sy(422) center font ',12' tc rgb soft
set label '2020' at first 1, screen sy(422) center font ',12' tc rgb soft
set label '2021*' at first 2, screen sy(422) center font ',12' tc rgb soft
set label '36' at first 0, first 17.7681 center front font ',12' tc rgb '#FFFFFF'
set label '27' at first 0, first 48.9497 center front font ',12' tc rgb '#000000'
set label '20' at first 0, first 72.407 center front font ',12' tc rgb '#FFFFFF'
set label '9' at first 0, first 87.046 center front font ',12' tc rgb '#000000'
set label '8' at first 0, first 95.8206 center front font ',12' tc rgb '#FFFFFF'
set label '38' at first 1, first 19.1239 center front font ',12' tc rgb '#FFFFFF'
set label '32' at first 1, first 54.3335 center front font ',12' tc rgb '#000000'
set label '15' at first 1, first 77.9557 center front font ',12' tc rgb '#FFFFFF'
set label '8' at first 1, first 89.3076 center front font ',12' tc rgb '#000000'
set label '7' at first 1, first 96.5615 center front font ',12' tc rgb '#FFFFFF'
set label '40' at first 2, first 20.0365 center front font ',12' tc rgb '#FFFFFF'
set label '28' at first 2, first 53.8301 center front font ',12' tc rgb '#000000'
set label '17' at first 2, first 76.2116 center front font ',12' tc rgb '#FFFFFF'
set label '6' at first 2, first 88.0146 center front font ',12' tc rgb '#000000'
set label '6' at first 2, first 94.3981 center front font ',12' tc rgb '#FFFFFF'
set arrow from first 2.38, first 20.0365 to screen sx(W - 133), screen sy(347.891) nohead front lw 1 lc rgb color[1]
set label 'Pressure Systems' at screen sx(W - 128), screen sy(347.891) left front tc rgb ink
set arrow from first 2.38, first 53.8301 to screen sx(W - 133), screen sy(246.51) nohead front lw 1 lc rgb color[2]
set label 'Shipping News' at screen sx(W - 128), screen sy(246.51) left front tc rgb ink
set arrow from first 2.38, first 76.2116 to screen sx(W - 133), screen sy(179.365) nohead front lw 1 lc rgb color[3]
set label 'Climate Desk' at screen sx(W - 128), screen sy(179.365) left front tc rgb ink
set arrow from first 2.38, first 88.0146 to screen sx(W - 133), screen sy(148) nohead front lw 1 lc rgb color[4]
set label '(intro)' at screen sx(W - 128), screen sy(148) left front tc rgb ink
set arrow from first 2.38, first 94.3981 to screen sx(W - 133), screen sy(131) nohead front lw 1 lc rgb color[5]
set label 'Sun Dogs' at screen sx(W - 128), screen sy(131) left front tc rgb ink
set arrow from first 2.38, first 98.8015 to screen sx(W - 133), screen sy(114) nohead front lw 1 lc rgb color[6]
set label '(other)' at screen sx(W - 128), screen sy(114) left front tc rgb ink
half = 0.38
plot for [k=1:6] $data using 1:(0):($1-half):($1+half):(column(k+2)):(column(k+3)) with boxxyerror fc rgb color[k] fs solid border rgb '#FFFFFF'
unset output
