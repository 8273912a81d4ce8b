"""The passwords, and the words with digits around them, that guessers try first.

They head every published list of breached passwords; folded to lower case.
"""

from __future__ import annotations

_LISTED = """
password passwort parola fjalekalim fjalekalimi mima motdepasse contrasena senha passw0rd p@ssword
p@ssw0rd pa$$word letmein letmeinnow welcome willkommen mireseerdhe bienvenue welcomehome admin
administrator root superuser sysadmin changeme changemenow secret topsecret default qwerty qwertz
azerty qwertyui qwertyuiop qwertzuiop azertyuiop asdfghjkl asdfghjkl; zxcvbnm zxcvbnmasdf qazwsx
qazwsxedc 1qaz2wsx 1qaz2wsx3edc 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y q1w2e3r4 q1w2e3r4t5 qweasdzxc
asdqwe123 zaq12wsx zaq1zaq1 zaq1xsw2 poiuytrewq lkjhgfdsa mnbvcxz iloveyou iloveyouso ilove lovely
loveyou mylove woaini woaini1314 woaini520 5201314520 1314520520 monkey dragon master sunshine
princess football baseball basketball superman batman spiderman shadow michael jennifer jordan
hunter ranger buster soccer hockey killer pepper charlie freedom whatever trustno trustnoone
starwars computer internet samsung android iphone google facebook silkroad silkroadgms customer
service customerservice helpdesk support company summer winter spring autumn monday january
december shqiperia shqiperi tirana kosova prishtina beijing shanghai zhongguo china woshishui
aaaaaaaaaa abcdefghij abcdefghijk abcd abcdef abcdefg abcabcabc abc123abc123 a123456789
a1234567890 aa123456789 abc123456789 123456789a 1234567890a 1234567890 0123456789 0987654321
9876543210 1234567891 12345678910 123456789123 1234512345 1231231231 123123123123 1122334455
1029384756 1357924680 1470258369 147258369 7894561230 789456123 741852963 159357159357 1234554321
12344321 11223344556 0000000000 1111111111
"""

FAVOURITES = frozenset(_LISTED.split())
