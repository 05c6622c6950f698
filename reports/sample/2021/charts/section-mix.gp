# section-mix: for gnuplot 5.4 or newer; all data stand in this file.
# gnuplot section-mix.gp draws section-mix.svg beside this file; gnuplot -e "tt_png=1" section-mix.gp draws section-mix.png, tt_pdf=1 section-mix.pdf.
tt_file = 'section-mix'; tt_name = 'section_mix'
W = 480; H = 471
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
set tmargin at screen sy(125); set bmargin at screen sy(H - 46)
set label 'Pressure Systems had more room than any other' at screen sx(12), screen sy(19) left font ',17' tc rgb ink
set label 'section in 2021: 40 % of the words' at screen sx(12), screen sy(41) left font ',17' tc rgb ink
set label 'Share of the words of each issue, one column an issue (9 issues, 1919' at screen sx(12), screen sy(62) left font ',12' tc rgb soft
set label 'words)' at screen sx(12), screen sy(79) left font ',12' tc rgb soft
set label '2021 is incomplete: it runs to 3 October.' at screen sx(12), screen sy(96) left font ',12' tc rgb soft
# period, complete, then per cent up to and with each part
$data << EOD
0 1 0 43.5583 63.1902 84.0491 88.3436 100 100
1 1 0 60.0939 74.1784 91.5493 96.2441 100 100
2 1 0 39.6552 60.7759 70.2586 75.431 80.1724 100
3 1 0 51.3661 63.388 80.3279 88.5246 100 100
4 1 0 39.5939 69.5431 87.3096 93.9086 100 100
5 1 0 34.5794 78.0374 89.7196 94.8598 100 100
6 1 0 19.2982 69.7368 86.8421 92.1053 100 100
7 1 0 24.1935 67.3387 92.3387 96.371 100 100
8 1 0 53.112 61.8257 80.9129 94.6058 100 100
EOD
set xrange [-0.5:8.5]
set yrange [0:100]
set ytics 0,25 scale 0 format '%g %%' font ',12' tc rgb soft
set grid ytics back lt 1 lw 1 lc rgb line
set label 'Jan' at first 0, screen sy(439) center font ',12' tc rgb soft
set label 'Feb' at first 1, screen sy(439) center font ',12' tc rgb soft
set label 'Mar' at first 2, screen sy(439) center font ',12' tc rgb soft
set label 'Apr' at first 3, screen sy(439) center font ',12' tc rgb soft
set label 'May' at first 4, screen sy(439) center font ',12' tc rgb soft
set label 'Jun' at first 5, screen sy(439) center font ',12' tc rgb soft
set label 'Jul' at first 6, screen sy(439) center font ',12' tc rgb soft
set label 'Sep' at first 7, screen sy(439) center font ',12' tc rgb soft
set label 'Oct' at first 8, screen sy(439) center font ',12' tc rgb soft
set label '44' at first 0, first 21.7791 center front font ',12' tc rgb '#FFFFFF'
set label '20' at first 0, first 53.3742 center front font ',12' tc rgb '#000000'
set label '21' at first 0, first 73.6196 center front font ',12' tc rgb '#FFFFFF'
set label '12' at first 0, first 94.1718 center front font ',12' tc rgb '#FFFFFF'
set label '60' at first 1, first 30.0469 center front font ',12' tc rgb '#FFFFFF'
set label '14' at first 1, first 67.1362 center front font ',12' tc rgb '#000000'
set label '17' at first 1, first 82.8638 center front font ',12' tc rgb '#FFFFFF'
set label '40' at first 2, first 19.8276 center front font ',12' tc rgb '#FFFFFF'
set label '21' at first 2, first 50.2155 center front font ',12' tc rgb '#000000'
set label '9' at first 2, first 65.5172 center front font ',12' tc rgb '#FFFFFF'
set label '5' at first 2, first 72.8448 center front font ',12' tc rgb '#000000'
set label '20' at first 2, first 90.0862 center front font ',12' tc rgb '#000000'
set label '51' at first 3, first 25.6831 center front font ',12' tc rgb '#FFFFFF'
set label '12' at first 3, first 57.377 center front font ',12' tc rgb '#000000'
set label '17' at first 3, first 71.8579 center front font ',12' tc rgb '#FFFFFF'
set label '8' at first 3, first 84.4262 center front font ',12' tc rgb '#000000'
set label '11' at first 3, first 94.2623 center front font ',12' tc rgb '#FFFFFF'
set label '40' at first 4, first 19.797 center front font ',12' tc rgb '#FFFFFF'
set label '30' at first 4, first 54.5685 center front font ',12' tc rgb '#000000'
set label '18' at first 4, first 78.4264 center front font ',12' tc rgb '#FFFFFF'
set label '7' at first 4, first 90.6091 center front font ',12' tc rgb '#000000'
set label '6' at first 4, first 96.9543 center front font ',12' tc rgb '#FFFFFF'
set label '35' at first 5, first 17.2897 center front font ',12' tc rgb '#FFFFFF'
set label '43' at first 5, first 56.3084 center front font ',12' tc rgb '#000000'
set label '12' at first 5, first 83.8785 center front font ',12' tc rgb '#FFFFFF'
set label '5' at first 5, first 92.2897 center front font ',12' tc rgb '#000000'
set label '5' at first 5, first 97.4299 center front font ',12' tc rgb '#FFFFFF'
set label '19' at first 6, first 9.64912 center front font ',12' tc rgb '#FFFFFF'
set label '50' at first 6, first 44.5175 center front font ',12' tc rgb '#000000'
set label '17' at first 6, first 78.2895 center front font ',12' tc rgb '#FFFFFF'
set label '5' at first 6, first 89.4737 center front font ',12' tc rgb '#000000'
set label '8' at first 6, first 96.0526 center front font ',12' tc rgb '#FFFFFF'
set label '24' at first 7, first 12.0968 center front font ',12' tc rgb '#FFFFFF'
set label '43' at first 7, first 45.7661 center front font ',12' tc rgb '#000000'
set label '25' at first 7, first 79.8387 center front font ',12' tc rgb '#FFFFFF'
set label '53' at first 8, first 26.556 center front font ',12' tc rgb '#FFFFFF'
set label '9' at first 8, first 57.4689 center front font ',12' tc rgb '#000000'
set label '19' at first 8, first 71.3693 center front font ',12' tc rgb '#FFFFFF'
set label '14' at first 8, first 87.7593 center front font ',12' tc rgb '#000000'
set label '5' at first 8, first 97.3029 center front font ',12' tc rgb '#FFFFFF'
set arrow from first 8.38, first 26.556 to screen sx(W - 133), screen sy(345.332) nohead front lw 1 lc rgb color[1]
set label 'Pressure Systems' at screen sx(W - 128), screen sy(345.332) left front tc rgb ink
set arrow from first 8.38, first 57.4689 to screen sx(W - 133), screen sy(252.593) nohead front lw 1 lc rgb color[2]
set label 'Shipping News' at screen sx(W - 128), screen sy(252.593) left front tc rgb ink
set arrow from first 8.38, first 71.3693 to screen sx(W - 133), screen sy(210.892) nohead front lw 1 lc rgb color[3]
set label 'Climate Desk' at screen sx(W - 128), screen sy(210.892) left front tc rgb ink
set arrow from first 8.38, first 87.7593 to screen sx(W - 133), screen sy(165) nohead front lw 1 lc rgb color[4]
set label 'Sun Dogs' at screen sx(W - 128), screen sy(165) left front tc rgb ink
set arrow from first 8.38, first 97.3029 to screen sx(W - 133), screen sy(148) nohead front lw 1 lc rgb color[5]
set label '(intro)' at screen sx(W - 128), screen sy(148) left front tc rgb ink
set arrow from screen sx(W - 143), screen sy(131) to screen sx(W - 133), screen sy(131) nohead front lw 2 lc rgb color[6]
set label '(other)' at screen sx(W - 128), screen sy(131) left front tc rgb ink
half = 0.38
plot for [k=1:6] $data using 1:(0):($1-half):($1+half):(column(k+2)):(column(k+3)) with boxxyerror fc rgb color[k] fs solid border rgb '#FFFFFF'
unset output
