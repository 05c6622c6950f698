# card: for gnuplot 5.4 or newer; all data stand in this file.
# gnuplot card.gp draws card.png in the folder above this one.
tt_file = '../card'; tt_name = 'card'
W = 600; H = 315
tt_png = 1
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
bar = '#B8D8E9'
set lmargin at screen 0; set rmargin at screen 1; set bmargin at screen 0; set tmargin at screen 1
set object rectangle from screen 0, screen 0 to screen sx(10), screen 1 behind fs solid 1 noborder fc rgb color[1]
set label 'Model Weather' at screen sx(30), screen sy(36) left front font 'DejaVu Sans Bold,20' tc rgb ink
set label '2021*' at screen sx(570), screen sy(36) right front font 'DejaVu Sans Bold,34' tc rgb color[1]
set object rectangle from screen sx(30), screen sy(101) to screen sx(510), screen sy(68) behind fs solid 1 noborder fc rgb bar
set label 'GPT' at screen sx(40), screen sy(84) left front font ',22' tc rgb ink
set label '9 of 9' at screen sx(570), screen sy(84) right front font ',16' tc rgb ink
set object rectangle from screen sx(30), screen sy(140) to screen sx(510), screen sy(107) behind fs solid 1 noborder fc rgb bar
set label 'Climate' at screen sx(40), screen sy(123) left front font ',22' tc rgb ink
set label '9 of 9' at screen sx(570), screen sy(123) right front font ',16' tc rgb ink
set object rectangle from screen sx(30), screen sy(179) to screen sx(456), screen sy(146) behind fs solid 1 noborder fc rgb bar
set label 'GPT-3' at screen sx(40), screen sy(162) left front font ',22' tc rgb ink
set label '8 of 9' at screen sx(570), screen sy(162) right front font ',16' tc rgb ink
set object rectangle from screen sx(30), screen sy(218) to screen sx(296), screen sy(185) behind fs solid 1 noborder fc rgb bar
set label 'GAN' at screen sx(40), screen sy(201) left front font ',22' tc rgb ink
set label '5 of 9' at screen sx(570), screen sy(201) right front font ',16' tc rgb ink
set object rectangle from screen sx(30), screen sy(257) to screen sx(296), screen sy(224) behind fs solid 1 noborder fc rgb bar
set label 'OpenAI' at screen sx(40), screen sy(240) left front font ',22' tc rgb ink
set label '5 of 9' at screen sx(570), screen sy(240) right front font ',16' tc rgb ink
set label 'The topics in the most issues, of 9' at screen sx(30), screen sy(278) left front font ',14' tc rgb soft
set label '* 2021 is incomplete: 3 January to 3 October' at screen sx(30), screen sy(299) left front font ',14' tc rgb soft
set xrange [0:1]; set yrange [0:1]
plot 2
unset output
