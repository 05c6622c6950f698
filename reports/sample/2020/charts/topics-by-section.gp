# topics-by-section: for gnuplot 5.4 or newer; all data stand in this file.
# gnuplot topics-by-section.gp draws topics-by-section.svg beside this file; gnuplot -e "tt_png=1" topics-by-section.gp draws topics-by-section.png, tt_pdf=1 topics-by-section.pdf.
tt_file = 'topics-by-section'; tt_name = 'topics_by_section'
W = 480; H = 559
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
set lmargin at screen sx(138); set rmargin at screen sx(W - 42)
set tmargin at screen sy(217); set bmargin at screen sy(H - 12)
set label 'Most at home of the 15 most covered topics:' at screen sx(12), screen sy(19) left font ',17' tc rgb ink
set label 'Climate, with 94 % of 16 mentions in Climate Desk' at screen sx(12), screen sy(41) left font ',17' tc rgb ink
set label 'Per cent of each topic’s mentions in 2020, by section' at screen sx(12), screen sy(62) left font ',12' tc rgb soft
set label 'Shown: 15 of 61 topics.' at screen sx(12), screen sy(79) left font ',12' tc rgb soft
# row, then per cent for each column
$data << EOD
1 6.25 0 93.75 0 0
2 59.0909 40.9091 0 0 0
3 100 0 0 0 0
4 40 60 0 0 0
5 100 0 0 0 0
6 37.5 50 0 0 12.5
7 50 25 0 25 0
8 0 100 0 0 0
9 100 0 0 0 0
10 25 75 0 0 0
11 75 25 0 0 0
12 25 75 0 0 0
13 0 0 100 0 0
14 16.6667 83.3333 0 0 0
15 0 100 0 0 0
EOD
set xrange [-0.5:4.5]
set yrange [15.5:0.5]
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
set label 'Pressure Systems' at first 0, screen sy(211) left rotate by 90 font ',12' tc rgb soft
set label 'Shipping News' at first 1, screen sy(211) left rotate by 90 font ',12' tc rgb soft
set label 'Climate Desk' at first 2, screen sy(211) left rotate by 90 font ',12' tc rgb soft
set label '(intro)' at first 3, screen sy(211) left rotate by 90 font ',12' tc rgb soft
set label 'Sun Dogs' at first 4, screen sy(211) left rotate by 90 font ',12' tc rgb soft
set label '6' at first 0, first 1 center front font ',12' tc rgb ink
set label '94' at first 2, first 1 center front font ',12' tc rgb '#FFFFFF'
set label '59' at first 0, first 2 center front font ',12' tc rgb '#FFFFFF'
set label '41' at first 1, first 2 center front font ',12' tc rgb ink
set label '100' at first 0, first 3 center front font ',12' tc rgb '#FFFFFF'
set label '40' at first 0, first 4 center front font ',12' tc rgb ink
set label '60' at first 1, first 4 center front font ',12' tc rgb '#FFFFFF'
set label '100' at first 0, first 5 center front font ',12' tc rgb '#FFFFFF'
set label '38' at first 0, first 6 center front font ',12' tc rgb ink
set label '50' at first 1, first 6 center front font ',12' tc rgb ink
set label '13' at first 4, first 6 center front font ',12' tc rgb ink
set label '50' at first 0, first 7 center front font ',12' tc rgb ink
set label '25' at first 1, first 7 center front font ',12' tc rgb ink
set label '25' at first 3, first 7 center front font ',12' tc rgb ink
set label '100' at first 1, first 8 center front font ',12' tc rgb '#FFFFFF'
set label '100' at first 0, first 9 center front font ',12' tc rgb '#FFFFFF'
set label '25' at first 0, first 10 center front font ',12' tc rgb ink
set label '75' at first 1, first 10 center front font ',12' tc rgb '#FFFFFF'
set label '75' at first 0, first 11 center front font ',12' tc rgb '#FFFFFF'
set label '25' at first 1, first 11 center front font ',12' tc rgb ink
set label '25' at first 0, first 12 center front font ',12' tc rgb ink
set label '75' at first 1, first 12 center front font ',12' tc rgb '#FFFFFF'
set label '100' at first 2, first 13 center front font ',12' tc rgb '#FFFFFF'
set label '17' at first 0, first 14 center front font ',12' tc rgb ink
set label '83' at first 1, first 14 center front font ',12' tc rgb '#FFFFFF'
set label '100' at first 1, first 15 center front font ',12' tc rgb '#FFFFFF'
plot for [k=0:4] $data using (k):1:(k-0.5):(k+0.5):($1-0.5):($1+0.5):(column(k+2)) with boxxyerror fc palette fs solid border rgb '#FFFFFF'
unset output
