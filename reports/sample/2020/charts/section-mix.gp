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
set label 'Pressure Systems had more room than any other' at screen sx(12), screen sy(19) left font ',17' tc rgb ink
set label 'section in 2020: 38 % of the words' at screen sx(12), screen sy(41) left font ',17' tc rgb ink
set label 'Share of the words of each issue, one column an issue (11 issues, 2123' at screen sx(12), screen sy(62) left font ',12' tc rgb soft
set label 'words)' at screen sx(12), screen sy(79) left font ',12' tc rgb soft
# period, complete, then per cent up to and with each part
$data << EOD
0 1 0 37.1429 58.8571 79.4286 90.2857 100
1 1 0 44.6078 64.7059 83.3333 89.2157 100
2 1 0 53.3679 69.4301 83.4197 93.7824 100
3 1 0 33.8462 73.3333 85.1282 92.8205 100
4 1 0 34.4828 72.4138 90.2299 93.6782 100
5 1 0 65.3266 76.8844 89.9497 94.4724 100
6 1 0 30.7692 78.4615 90.7692 97.4359 100
7 1 0 28.7293 74.0331 91.1602 96.1326 100
8 1 0 27.907 54.8837 67.907 87.4419 100
9 1 0 15.3061 75.5102 90.8163 96.9388 100
10 1 0 48.4694 77.0408 90.3061 92.8571 100
EOD
set xrange [-0.5:10.5]
set yrange [0:100]
set ytics 0,25 scale 0 format '%g %%' font ',12' tc rgb soft
set grid ytics back lt 1 lw 1 lc rgb line
set label 'Jan' at first 0, screen sy(422) center font ',12' tc rgb soft
set label 'Mar' at first 2, screen sy(422) center font ',12' tc rgb soft
set label 'May' at first 4, screen sy(422) center font ',12' tc rgb soft
set label 'Jul' at first 6, screen sy(422) center font ',12' tc rgb soft
set label 'Oct' at first 8, screen sy(422) center font ',12' tc rgb soft
set label 'Dec' at first 10, screen sy(422) center font ',12' tc rgb soft
set arrow from first 10.38, first 24.2347 to screen sx(W - 133), screen sy(335.296) nohead front lw 1 lc rgb color[1]
set label 'Pressure Systems' at screen sx(W - 128), screen sy(335.296) left front tc rgb ink
set arrow from first 10.38, first 62.7551 to screen sx(W - 133), screen sy(219.735) nohead front lw 1 lc rgb color[2]
set label 'Shipping News' at screen sx(W - 128), screen sy(219.735) left front tc rgb ink
set arrow from first 10.38, first 83.6735 to screen sx(W - 133), screen sy(156.98) nohead front lw 1 lc rgb color[3]
set label 'Climate Desk' at screen sx(W - 128), screen sy(156.98) left front tc rgb ink
set arrow from first 10.38, first 91.5816 to screen sx(W - 133), screen sy(135.714) nohead front lw 1 lc rgb color[4]
set label '(intro)' at screen sx(W - 128), screen sy(135.714) left front tc rgb ink
set arrow from first 10.38, first 96.4286 to screen sx(W - 133), screen sy(118.714) nohead front lw 1 lc rgb color[5]
set label 'Sun Dogs' at screen sx(W - 128), screen sy(118.714) left front tc rgb ink
half = 0.38
plot for [k=1:5] $data using 1:(0):($1-half):($1+half):(column(k+2)):(column(k+3)) with boxxyerror fc rgb color[k] fs solid border rgb '#FFFFFF'
unset output
