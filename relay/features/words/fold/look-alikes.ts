/**
 * Characters that look like a Latin letter and do not become one by NFKD, by that letter; under 1 stands
 * what may be read as i or as l. Cut from the data of unhomoglyph 1.0.6 (Copyright (c) 2016 Vitaly
 * Puzrin, MIT License), which takes it from Unicode; nothing of ASCII, which it would change too.
 */
export const lookAlikes: Readonly<Record<string, string>> = {
  '1': '׀∣⏽￨١۱𐌠𞣇ƖǀΙⲒІӀוןاߊⵏᛁꓲ𖼨𐊊𐌉𝈪',
  a: '⍺ɑαаΑАᎪᗅꓮ𖽀𐊠',
  b: 'ƄЬᏏᑲᖯꞴΒВᏴᗷꓐ𐊂𐊡𐌁',
  c: 'ᴄϲⲥсꮯ𐐽🝌𑣲𑣩ϹⲤСᏟꓚ𐊢𐌂𐐕𐔜',
  d: 'ԁᏧᑯꓒᎠᗞᗪꓓ',
  e: '℮ꬲеҽ⋿ΕЕⴹᎬꓰ𑢦𑢮𐊆',
  f: 'ꬵꞙẝք𝈓ꞘϜᖴꓝ𑣂𑢢𐊇𐊥𐔥',
  g: 'ɡᶃƍցԌᏀᏳꓖ',
  h: 'һհᏂΗⲎНᎻᕼꓧ𐋏',
  i: '˛⍳ıɪɩιͺіꙇӏꭵᎥ𑣃',
  j: 'ϳјꞲͿЈᎫᒍꓙ',
  k: 'ΚⲔКᏦᛕꓗ𐔘',
  l: 'ⳐᏞᒪꓡ𖼖𑢣𑢲𐐛𐔦',
  m: 'ΜϺⲘМᎷᗰᛖꓟ𐊰𐌑',
  n: 'ոռΝⲚꓠ𐔓',
  o: 'ంಂംං०੦૦௦౦೦൦๐໐၀٥۵ᴏᴑꬽοσⲟоჿօסهھہەഠဝ𐓪𑣈𑣗𐐬߀০୦〇𑓐𑣠ΟⲞОՕⵔዐଠ𐓂ꓳ𑢵𐊒𐊫𐐄𐔖',
  p: '⍴ρⲣрΡⲢРᏢᑭꓑ𐊕',
  q: 'ԛգզⵕ',
  r: 'ꭇꭈᴦⲅгꮁ𝈖ƦᎡᏒ𐒴ᖇꓣ𖼵',
  s: 'ꜱƽѕꮪ𑣁𐑈ЅՏᏕᏚꓢ𖼺𐊖𐐠',
  t: '⊤⟙🝨ΤⲦТᎢꓔ𖼊𑢼𐊗𐊱𐌕',
  u: 'ꞟᴜꭎꭒʋυս𐓶𑣘∪⋃Սሀ𐓎ᑌꓴ𖽂𑢸',
  v: '∨⋁ᴠνѵט𑜆ꮩ𑣀𝈍٧۷ѴⴸᏙᐯꛟꓦ𖼈𑢠𐔝',
  w: 'ɯᴡѡԝա𑜊𑜎𑜏ꮃ𑣯𑣦ԜᎳᏔꓪ',
  x: '᙮×⤫⤬⨯хᕁᕽ᙭╳𐌢𑣬ꞳΧⲬХⵝᚷꓫ𐊐𐊴𐌗𐔧',
  y: 'ɣᶌʏỿꭚγуүყ𑣜ΥⲨУҮᎩᎽꓬ𖽃𑢤𐊲',
  z: 'ᴢꮓ𑣄𐋵𑣥ΖᏃꓜ𑢩',
};
