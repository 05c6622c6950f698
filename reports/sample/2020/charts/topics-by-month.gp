# topics-by-month: for gnuplot 5.4 or newer; all data stand in this file.
# gnuplot topics-by-month.gp draws topics-by-month.svg beside this file; gnuplot -e "tt_png=1" topics-by-month.gp draws topics-by-month.png, tt_pdf=1 topics-by-month.pdf.
tt_file = 'topics-by-month'; tt_name = 'topics_by_month'
W = 480; H = 591
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
set lmargin at screen sx(138); set rmargin at screen sx(W - 12)
set tmargin at screen sy(139); set bmargin at screen sy(H - 12)
set label 'Climate came in every month of 2020 that has an' at screen sx(12), screen sy(19) left font ',17' tc rgb ink
set label 'issue' at screen sx(12), screen sy(41) left font ',17' tc rgb ink
set label 'Issues of each month with at least one mention; shade: their share of the' at screen sx(12), screen sy(62) left font ',12' tc rgb soft
set label 'month’s issues (1 each)' at screen sx(12), screen sy(79) left font ',12' tc rgb soft
set label 'Shown: 20 of 61 topics.' at screen sx(12), screen sy(96) left font ',12' tc rgb soft
# row, then per cent for each column
$data << EOD
1 100 100 100 100 100 100 100 NaN 100 100 100 100
2 0 0 100 0 0 100 100 NaN 100 100 100 100
3 100 0 100 100 100 0 100 NaN 100 0 100 0
4 0 0 0 0 0 100 100 NaN 100 100 100 100
5 0 100 0 0 100 100 0 NaN 100 100 0 100
6 0 100 0 0 100 100 100 NaN 0 100 0 0
7 100 100 0 100 0 0 0 NaN 0 100 0 0
8 0 0 100 100 100 0 0 NaN 0 0 0 0
9 0 0 100 0 0 100 100 NaN 0 0 0 0
10 0 100 0 0 100 0 0 NaN 0 0 0 100
11 0 0 100 0 0 100 0 NaN 0 0 0 100
12 0 0 100 0 0 0 100 NaN 0 100 0 0
13 0 0 100 0 100 0 0 NaN 0 100 0 0
14 100 0 0 0 0 0 0 NaN 0 0 100 0
15 0 100 0 0 0 0 100 NaN 0 0 0 0
16 100 0 0 0 0 0 0 NaN 100 0 0 0
17 0 0 0 0 0 0 100 NaN 0 100 0 0
18 0 100 0 0 0 100 0 NaN 0 0 0 0
19 0 100 0 0 100 0 0 NaN 0 0 0 0
20 0 0 100 100 0 0 0 NaN 0 0 0 0
EOD
set xrange [-0.5:11.5]
set yrange [20.5:0.5]
set palette defined (0 '#EDF5FA', 0.5 '#66AAD1', 1 '#00476E')
set cbrange [0:100]
set label 'Climate' at first -0.5, first 1 right offset char -0.7,0 tc rgb ink
set label 'GPT' at first -0.5, first 2 right offset char -0.7,0 tc rgb ink
set label 'GAN' at first -0.5, first 3 right offset char -0.7,0 tc rgb ink
set label 'GPT-3' at first -0.5, first 4 right offset char -0.7,0 tc rgb ink
set label 'Transformer' at first -0.5, first 5 right offset char -0.7,0 tc rgb ink
set label 'OpenAI' at first -0.5, first 6 right offset char -0.7,0 tc rgb ink
set label 'BERT' at first -0.5, first 7 right offset char -0.7,0 tc rgb ink
set label 'COVID-19' at first -0.5, first 8 right offset char -0.7,0 tc rgb ink
set label 'GPT-2' at first -0.5, first 9 right offset char -0.7,0 tc rgb ink
set label 'Google' at first -0.5, first 10 right offset char -0.7,0 tc rgb ink
set label 'Language models' at first -0.5, first 11 right offset char -0.7,0 tc rgb ink
set label 'Microsoft' at first -0.5, first 12 right offset char -0.7,0 tc rgb ink
set label 'Climate change' at first -0.5, first 13 right offset char -0.7,0 tc rgb ink
set label 'Tesla' at first -0.5, first 14 right offset char -0.7,0 tc rgb ink
set label 'Facial recognition' at first -0.5, first 15 right offset char -0.7,0 tc rgb ink
set label 'Wildfires' at first -0.5, first 16 right offset char -0.7,0 tc rgb ink
set label 'APIs' at first -0.5, first 17 right offset char -0.7,0 tc rgb ink
set label 'Facebook' at first -0.5, first 18 right offset char -0.7,0 tc rgb ink
set label 'Privacy' at first -0.5, first 19 right offset char -0.7,0 tc rgb ink
set label 'Stanford' at first -0.5, first 20 right offset char -0.7,0 tc rgb ink
set label 'Jan' at first 0, screen sy(127) center font ',12' tc rgb soft
set label 'Feb' at first 1, screen sy(127) center font ',12' tc rgb soft
set label 'Mar' at first 2, screen sy(127) center font ',12' tc rgb soft
set label 'Apr' at first 3, screen sy(127) center font ',12' tc rgb soft
set label 'May' at first 4, screen sy(127) center font ',12' tc rgb soft
set label 'Jun' at first 5, screen sy(127) center font ',12' tc rgb soft
set label 'Jul' at first 6, screen sy(127) center font ',12' tc rgb soft
set label 'Aug' at first 7, screen sy(127) center font ',12' tc rgb soft
set label 'Sep' at first 8, screen sy(127) center font ',12' tc rgb soft
set label 'Oct' at first 9, screen sy(127) center font ',12' tc rgb soft
set label 'Nov' at first 10, screen sy(127) center font ',12' tc rgb soft
set label 'Dec' at first 11, screen sy(127) center font ',12' tc rgb soft
set label '1' at first 0, first 1 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 1, first 1 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 2, first 1 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 3, first 1 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 4, first 1 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 5, first 1 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 6, first 1 center front font ',12' tc rgb '#FFFFFF'
set label '–' at first 7, first 1 center front font ',12' tc rgb ink
set label '1' at first 8, first 1 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 9, first 1 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 10, first 1 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 11, first 1 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 2, first 2 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 5, first 2 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 6, first 2 center front font ',12' tc rgb '#FFFFFF'
set label '–' at first 7, first 2 center front font ',12' tc rgb ink
set label '1' at first 8, first 2 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 9, first 2 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 10, first 2 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 11, first 2 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 0, first 3 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 2, first 3 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 3, first 3 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 4, first 3 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 6, first 3 center front font ',12' tc rgb '#FFFFFF'
set label '–' at first 7, first 3 center front font ',12' tc rgb ink
set label '1' at first 8, first 3 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 10, first 3 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 5, first 4 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 6, first 4 center front font ',12' tc rgb '#FFFFFF'
set label '–' at first 7, first 4 center front font ',12' tc rgb ink
set label '1' at first 8, first 4 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 9, first 4 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 10, first 4 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 11, first 4 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 1, first 5 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 4, first 5 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 5, first 5 center front font ',12' tc rgb '#FFFFFF'
set label '–' at first 7, first 5 center front font ',12' tc rgb ink
set label '1' at first 8, first 5 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 9, first 5 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 11, first 5 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 1, first 6 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 4, first 6 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 5, first 6 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 6, first 6 center front font ',12' tc rgb '#FFFFFF'
set label '–' at first 7, first 6 center front font ',12' tc rgb ink
set label '1' at first 9, first 6 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 0, first 7 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 1, first 7 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 3, first 7 center front font ',12' tc rgb '#FFFFFF'
set label '–' at first 7, first 7 center front font ',12' tc rgb ink
set label '1' at first 9, first 7 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 2, first 8 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 3, first 8 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 4, first 8 center front font ',12' tc rgb '#FFFFFF'
set label '–' at first 7, first 8 center front font ',12' tc rgb ink
set label '1' at first 2, first 9 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 5, first 9 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 6, first 9 center front font ',12' tc rgb '#FFFFFF'
set label '–' at first 7, first 9 center front font ',12' tc rgb ink
set label '1' at first 1, first 10 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 4, first 10 center front font ',12' tc rgb '#FFFFFF'
set label '–' at first 7, first 10 center front font ',12' tc rgb ink
set label '1' at first 11, first 10 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 2, first 11 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 5, first 11 center front font ',12' tc rgb '#FFFFFF'
set label '–' at first 7, first 11 center front font ',12' tc rgb ink
set label '1' at first 11, first 11 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 2, first 12 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 6, first 12 center front font ',12' tc rgb '#FFFFFF'
set label '–' at first 7, first 12 center front font ',12' tc rgb ink
set label '1' at first 9, first 12 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 2, first 13 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 4, first 13 center front font ',12' tc rgb '#FFFFFF'
set label '–' at first 7, first 13 center front font ',12' tc rgb ink
set label '1' at first 9, first 13 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 0, first 14 center front font ',12' tc rgb '#FFFFFF'
set label '–' at first 7, first 14 center front font ',12' tc rgb ink
set label '1' at first 10, first 14 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 1, first 15 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 6, first 15 center front font ',12' tc rgb '#FFFFFF'
set label '–' at first 7, first 15 center front font ',12' tc rgb ink
set label '1' at first 0, first 16 center front font ',12' tc rgb '#FFFFFF'
set label '–' at first 7, first 16 center front font ',12' tc rgb ink
set label '1' at first 8, first 16 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 6, first 17 center front font ',12' tc rgb '#FFFFFF'
set label '–' at first 7, first 17 center front font ',12' tc rgb ink
set label '1' at first 9, first 17 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 1, first 18 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 5, first 18 center front font ',12' tc rgb '#FFFFFF'
set label '–' at first 7, first 18 center front font ',12' tc rgb ink
set label '1' at first 1, first 19 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 4, first 19 center front font ',12' tc rgb '#FFFFFF'
set label '–' at first 7, first 19 center front font ',12' tc rgb ink
set label '1' at first 2, first 20 center front font ',12' tc rgb '#FFFFFF'
set label '1' at first 3, first 20 center front font ',12' tc rgb '#FFFFFF'
set label '–' at first 7, first 20 center front font ',12' tc rgb ink
plot for [k=0:11] $data using (k):1:(k-0.5):(k+0.5):($1-0.5):($1+0.5):(column(k+2)) with boxxyerror fc palette fs solid border rgb '#FFFFFF'
unset output
