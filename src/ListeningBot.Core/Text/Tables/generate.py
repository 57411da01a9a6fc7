#!/usr/bin/env python3
"""Writes folding.bin, the tables that Folding.cs reads, from the Unicode data inside Python.

Run it here when the rules below change or Python brings a newer Unicode, and commit the result:  python3 generate.py

The file, little-endian: magic "LBF2"; uint16 number of pages, of folds, of look-alikes; uint32 length of the fold text;
page number of each block of 128 code points (uint16); class of each code point of each page (byte); fold of each (uint16, 0: as it is);
offset of each fold in the fold text (uint16, one more than folds); the fold text (UTF-8); look-alikes (uint32 code point, byte Latin letter).
"""
import struct
import unicodedata as ud

# The numbers are those of CharClass in CharClass.cs.
OTHER, SPACE, LATIN, CYRILLIC, GREEK, LETTER, DIGIT, MARK, DROPPED, SINGLE, EMOJI, APOSTROPHE = range(12)

# Marks that are accents or vowel points there; in other scripts (Thai, Devanagari...) marks are part of the spelling and stay.
ACCENTS = [(0x300, 0x36F), (0x483, 0x489), (0x591, 0x5BD), (0x5BF, 0x5C7), (0x610, 0x61A), (0x64B, 0x65F), (0x670, 0x670), (0x6D6, 0x6ED),
           (0x711, 0x74A), (0x8D3, 0x8FF), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0xFE00, 0xFE0F), (0xFE20, 0xFE2F), (0xE0100, 0xE01EF)]
# Letters of writing without spaces between words (Korean glues particles to words): each stands alone, terms are found inside.
UNSPACED = [(0xE00, 0xEFF), (0x1000, 0x109F), (0x1100, 0x11FF), (0x1780, 0x17FF), (0x2E80, 0x2FDF), (0x3005, 0x3007), (0x3021, 0x3029), (0x3031, 0x3035),
            (0x3038, 0x303C), (0x3041, 0x3096), (0x309D, 0x309F), (0x30A1, 0x30FA), (0x30FC, 0x30FF), (0x3105, 0x312F), (0x3131, 0x318E), (0x31A0, 0x31BF),
            (0x31F0, 0x31FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xA960, 0xA97F), (0xA9E0, 0xA9FF), (0xAA60, 0xAA7F), (0xAC00, 0xD7FF), (0xF900, 0xFAFF),
            (0x1B000, 0x1B16F), (0x20000, 0x3FFFD)]
EMOJI_RANGES = [(0x203C, 0x203C), (0x2049, 0x2049), (0x231A, 0x231B), (0x2328, 0x2328), (0x23CF, 0x23CF), (0x23E9, 0x23F3), (0x23F8, 0x23FA),
                (0x25AA, 0x25AB), (0x25B6, 0x25B6), (0x25C0, 0x25C0), (0x25FB, 0x25FE), (0x2600, 0x2767), (0x2794, 0x27BF), (0x2934, 0x2935),
                (0x2B05, 0x2B07), (0x2B1B, 0x2B1C), (0x2B50, 0x2B50), (0x2B55, 0x2B55), (0x3297, 0x3297), (0x3299, 0x3299),
                (0x1F000, 0x1F0FF), (0x1F170, 0x1F171), (0x1F17E, 0x1F17F), (0x1F18E, 0x1F18E), (0x1F191, 0x1F19A), (0x1F1E6, 0x1F1FF),
                (0x1F200, 0x1F3FA), (0x1F400, 0x1F7FF), (0x1F900, 0x1FAFF)]
# Invisible although Unicode calls them letters; skin tones; the Arabic stretch.
MORE_DROPPED = {0x115F, 0x1160, 0x3164, 0xFFA0, 0x0640, *range(0x1F3FB, 0x1F400)}
# Marks after which kana or Hangul compose into one letter; the code does that.
COMPOSING = {0x3099: 0x3099, 0x309A: 0x309A, 0xFF9E: 0x3099, 0xFF9F: 0x309A}
# What decomposition leaves alone though people take it for the plain letter.
PLAIN = {'ø': 'o', 'đ': 'd', 'ł': 'l', 'æ': 'ae', 'œ': 'oe', 'ð': 'd', 'þ': 'th', 'ŋ': 'n', 'ħ': 'h', 'ı': 'i', 'ȷ': 'j', 'ŧ': 't', 'ƒ': 'f', 'ɡ': 'g',
         'ɑ': 'a', 'ɩ': 'i', 'ƀ': 'b', 'ǥ': 'g', 'ƶ': 'z', 'ɨ': 'i', 'ʉ': 'u', 'ꞌ': "'", 'ŀ': 'l',
         'ى': 'ي', 'ی': 'ي', 'ې': 'ي', 'ک': 'ك', 'ة': 'ه', 'ہ': 'ه', 'ھ': 'ه', 'ٱ': 'ا', 'ے': 'ي'}
PUNCTUATION = {'‘': "'", '’': "'", '‛': "'", 'ʼ': "'", 'ʹ': "'", '´': "'", '＇': "'", 'ʻ': "'", '“': '"', '”': '"', '„': '"', '‟': '"', '«': '"', '»': '"',
               '‐': '-', '‑': '-', '‒': '-', '–': '-', '—': '-', '―': '-', '−': '-', '﹣': '-', '－': '-', '…': '...', '⁄': '/', '∕': '/'}
NO_FOLD = {'™', '℠', '\u0e33', '\u0eb3'}
LOOK_ALIKES = {'А': 'a', 'а': 'a', 'В': 'b', 'в': 'b', 'Ь': 'b', 'ь': 'b', 'С': 'c', 'с': 'c', 'ԁ': 'd', 'Е': 'e', 'е': 'e', 'Є': 'e', 'є': 'e', 'Ғ': 'f',
               'ԍ': 'g', 'Н': 'h', 'н': 'h', 'һ': 'h', 'Һ': 'h', 'І': 'i', 'і': 'i', 'Ӏ': 'i', 'ӏ': 'l', 'Ј': 'j', 'ј': 'j', 'К': 'k', 'к': 'k', 'М': 'm', 'м': 'm',
               'п': 'n', 'О': 'o', 'о': 'o', 'Р': 'p', 'р': 'p', 'ԛ': 'q', 'Ԛ': 'q', 'г': 'r', 'Я': 'r', 'я': 'r', 'Ѕ': 's', 'ѕ': 's', 'Т': 't', 'т': 't', 'И': 'n', 'и': 'u',
               'У': 'y', 'у': 'y', 'Ү': 'y', 'ү': 'y', 'ѵ': 'v', 'Ѵ': 'v', 'ԝ': 'w', 'Ԝ': 'w', 'ш': 'w', 'Х': 'x', 'х': 'x', 'Ѳ': 'o', 'ө': 'o',
               'Α': 'a', 'α': 'a', 'Β': 'b', 'β': 'b', 'ϲ': 'c', 'Ϲ': 'c', 'δ': 'd', 'Ε': 'e', 'ε': 'e', 'Ϝ': 'f', 'Η': 'h', 'η': 'n', 'Ι': 'i', 'ι': 'i', 'ϳ': 'j',
               'Κ': 'k', 'κ': 'k', 'Μ': 'm', 'μ': 'u', 'Ν': 'n', 'ν': 'v', 'Ο': 'o', 'ο': 'o', 'σ': 'o', 'Ρ': 'p', 'ρ': 'p', 'Τ': 't', 'τ': 't', 'Υ': 'y', 'υ': 'u', 'γ': 'y',
               'Χ': 'x', 'χ': 'x', 'Ζ': 'z', 'ω': 'w'}


def inside(ranges, c):
    return any(a <= c <= b for a, b in ranges)


def dropped(c):
    ch = chr(c)
    return c in MORE_DROPPED or ud.category(ch) in ('Cf', 'Me') or (ud.category(ch) == 'Mn' and inside(ACCENTS, c))


def small_capital(ch):
    name = ud.name(ch, '')
    last = name.rsplit(' ', 1)[-1]
    return last.lower() if name.startswith('LATIN LETTER SMALL CAPITAL ') and len(last) == 1 else None


def plain(ch):
    """One letter as people take it."""
    return PLAIN.get(ch) or small_capital(ch) or ch


def stripped(text):
    return ''.join(c for c in text if not dropped(ord(c)))


def fold(ch):
    """The folded form of one character that is not dropped."""
    c = ord(ch)
    if ch in NO_FOLD or c in UNFOLDED_CLASSES or 0x3131 <= c <= 0x318E or 0xAC00 <= c <= 0xD7FF or ch in PUNCTUATION:
        return PUNCTUATION.get(ch, ch)
    if c in COMPOSING:
        return chr(COMPOSING[c])
    if ud.category(ch) == 'Nd':
        return str(ud.digit(ch))
    if inside([(0x3041, 0x30FF)], c):
        return ud.normalize('NFKC', ch)
    done = ud.normalize('NFKC', ch)
    if not all(inside([(0x3041, 0x30FF), (0xAC00, 0xD7FF)], ord(x)) for x in done):
        done = stripped(ud.normalize('NFKD', stripped(ud.normalize('NFKD', ch)).casefold()))
    done = ''.join(plain(x) for x in done)
    if any(x.isascii() and x.isalpha() for x in done):
        done = ''.join(LOOK_ALIKES.get(x, x) for x in done)
    done = ''.join(PUNCTUATION.get(x, x) for x in done)
    return done if done and len(done.encode()) <= 3 * len(ch.encode()) else ch


def script(ch):
    name = ud.name(ch, '')
    for prefix, cls in (('LATIN ', LATIN), ('CYRILLIC ', CYRILLIC), ('GREEK ', GREEK)):
        if name.startswith(prefix):
            return cls
    return LETTER


def char_class(ch):
    c, cat = ord(ch), ud.category(ch)
    if dropped(c):
        return DROPPED
    if inside(EMOJI_RANGES, c) and cat in ('So', 'Sk', 'Cn', 'Sm', 'Po'):
        return EMOJI
    if ch.isspace() or c in (0x85, 0x2800, 0x2028, 0x2029) or cat == 'Zs':
        return SPACE
    if c in COMPOSING or cat in ('Mn', 'Mc') or 0x1161 <= c <= 0x11FF:
        return MARK
    folded = fold(ch)
    if folded == "'":
        return APOSTROPHE
    if ch == '_':
        return LETTER
    if cat == 'Nd' or (cat == 'No' and folded.isascii() and folded.isdigit()):
        return DIGIT
    if inside(UNSPACED, c) or 0xFF66 <= c <= 0xFFDC or (cat == 'So' and inside(UNSPACED, ord(folded[0])) and len(folded) <= 3):
        return SINGLE if cat[0] in 'LN' or cat in ('So', 'Cn') and not (0xE00 <= c <= 0x1100) else OTHER
    if cat[0] == 'L' or (cat in ('So', 'Nl') and folded != ch):
        return script(folded[0]) if all(x.isalpha() for x in folded) else OTHER
    return OTHER


UNFOLDED_CLASSES = set()
classes, folds, fold_ids = bytearray(0x110000), [b''], {}
fold_of = [0] * 0x110000
for c in range(0x110000):
    if 0xD800 <= c <= 0xDFFF:
        continue
    ch = chr(c)
    classes[c] = char_class(ch)
    if classes[c] == DROPPED:
        continue
    folded = ' ' if classes[c] == SPACE and c > 127 else ch if classes[c] == EMOJI else fold(ch)
    if classes[c] == OTHER and any(x.isalnum() or x == ' ' for x in folded):
        folded = ch                        # "(a)" in one sign: no word, so better left alone
    if folded != ch:
        assert c > 127 or 'A' <= ch <= 'Z', 'the fast path for ASCII only lowers letters'
        raw = folded.encode()
        if raw not in fold_ids:
            fold_ids[raw] = len(folds)
            folds.append(raw)
        fold_of[c] = fold_ids[raw]

pages, index = {}, []
for start in range(0, 0x110000, 128):
    page = (bytes(classes[start:start + 128]), tuple(fold_of[start:start + 128]))
    index.append(pages.setdefault(page, len(pages)))

look = {}
for c in range(0x370, 0x530):
    base = stripped(ud.normalize('NFKD', chr(c)))
    if base in LOOK_ALIKES:
        look[c] = LOOK_ALIKES[base]

text, offsets = b'', []
for f in folds:
    offsets.append(len(text))
    text += f
offsets.append(len(text))
assert len(text) < 65536 and len(folds) < 65536

with open('folding.bin', 'wb') as out:
    out.write(b'LBF2' + struct.pack('<HHHI', len(pages), len(folds), len(look), len(text)))
    out.write(struct.pack(f'<{len(index)}H', *index))
    out.write(b''.join(p[0] for p in pages))
    out.write(b''.join(struct.pack('<128H', *p[1]) for p in pages))
    out.write(struct.pack(f'<{len(offsets)}H', *offsets))
    out.write(text)
    out.write(b''.join(struct.pack('<IB', c, ord(l)) for c, l in sorted(look.items())))
print(f'Unicode {ud.unidata_version}: {len(pages)} pages, {len(folds)} folds, {len(text)} bytes of them, {len(look)} look-alikes')
for sample in 'É Ａ ﬁ ß ™ ø Я ё й ي ى バ ﾊ ㅋ 한 ก ำ ² ½ ⑴ Ⓐ 𝐀 ᴀ ’ … ı İ ς µ ％ ＃ ＠ 😡 🏽 ❤ ✔ 🇩 ٣ ſ ŉ'.split():
    print(sample, hex(ord(sample)), char_class(sample), ascii(fold(sample)) if len(fold(sample)) > 1 else fold(sample), end='; ')
print()
