"""Addresses as the countries write them, from the unit to the postcode and the town, with what looks like them."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract
from minerva.identifiers.errors import InvalidIdentifier
from minerva.identifiers.postal_address import PostalAddress
from tests.minerva.identifiers.addresses import marked

WHOLE = [
    ("GB", "[Flat 3, 221B Baker Street, London NW1 6XE]", "221b baker st apt 3 nw1 6xe"),
    ("GB", "[221B Baker Street]", "221b baker st"),
    ("AU", "[Unit 4/12 George St, Sydney NSW 2000]", "12 george st unit 4 2000"),
    ("AU", "studio at [4/12 George St] today", "12 george st unit 4"),
    ("AU", "[Shop 3, 88 Mitchell St, Darwin NT 0800]", "88 mitchell st shop 3 0800"),
    ("AU", "[Level 2, 45 Collins Street, Melbourne VIC 3000]", "45 collins st fl 2 3000"),
    ("AU", "[Suite 5, Level 2, 45 Collins St, Melbourne, Victoria 3000]", "45 collins st fl 2 ste 5 3000"),
    ("NZ", "[12 Queen Street, Auckland 1010].", "12 queen st 1010"),
    ("US", "[742 Evergreen Terrace, Springfield, Illinois 62704]", "742 evergreen ter 62704"),
    ("US", "[100 Main St, Suite 210, Dallas, TX 75201-1234]", "100 main st ste 210 75201"),
    ("US", "[100 Main St, Dallas, Texas] now", "100 main st"),
    ("US", "[312 Maple Street, Dayton] - tools", "312 maple st"),
    ("US", "[1450 NW 7th Ave, Miami FL 33125]", "1450 nw 7 ave 33125"),
    ("US", "near [350 Fifth Avenue, New York, NY 10118], 5 pm", "350 5 ave 10118"),
    ("CA", "[1200 Bay Street, Unit 5, Toronto, ON M5R 2A5]", "1200 bay st unit 5 m5r 2a5"),
    ("IE", "[53 Lower Camden Street, Dublin 2, D02 H6K9]", "53 lower camden st d02 h6k9"),
    ("IE", "[14 Main Street, Bray, Co. Wicklow, A98 X2Y3]", "14 main st a98 x2y3"),
    ("IE", "[7 Capel Street, Dublin 1].", "7 capel st"),
    ("IN", "[42 MG Road, Bengaluru 560001]", "42 mg rd 560001"),
    ("SG", "[10 Anson Road, #12-34, Singapore 079903]", "10 anson rd unit 12-34 079903"),
    ("ES", "[C/ Mayor 15, 3º B, 28013 Madrid]", "15 calle mayor fl 3 door b 28013"),
    ("ES", "[Calle Mayor, 15, 3º B, 28013 Madrid]", "15 calle mayor fl 3 door b 28013"),
    ("ES", "[Calle San Bernardo, 74, 2º izda., 28015 Madrid]", "74 calle san bernardo fl 2 door izda 28015"),
    (
        "ES",
        "[Avenida de Madrid, 19, local 4, 03503 Benidorm (Alicante)], abierto",
        "19 avenida de madrid local 4 03503",
    ),
    ("ES", "en [Gran Vía 32, 28013 Madrid]", "32 gran via 28013"),
    (
        "ES",
        "[Avda. de la Constitución nº 12, bajo B, 41001 Sevilla]",
        "12 avenida de la constitucion fl b door b 41001",
    ),
    ("ES", "[Pza. España, 3, 50001 Zaragoza]", "3 plaza espana 50001"),
    ("MX", "[Av. Reforma 222, Col. Juárez, 06600 Ciudad de México]", "222 avenida reforma 06600"),
    ("AR", "[Av. Corrientes 1234, Buenos Aires].", "1234 avenida corrientes"),
    ("CO", "[Calle 45 # 12-34, Bogotá].", "12-34 calle 45"),
    ("CO", "[Carrera 7 No. 45-10, Bogotá].", "45-10 carrera 7"),
    ("IT", "[Via Roma 10, 20121 Milano (MI)]", "10 via roma 20121"),
    ("IT", "[Via dei Volsci 92, int. 7, 00185 Roma]. 310 €", "92 via dei volsci int 7 00185"),
    ("IT", "[Corso Vittorio Emanuele II 12/A, 80121 Napoli]", "12a corso vittorio emanuele ii 80121"),
    ("IT", "[P.zza Garibaldi, 5 - 10122 Torino TO]", "5 piazza garibaldi 10122"),
    ("IT", "in [Via XX Settembre 40, Genova].", "40 via xx settembre"),
    ("IT", "in [Via 25 Aprile 40, 16123 Genova].", "40 via 25 aprile 16123"),
    ("FR", "[8 bis avenue Jean Jaurès, 69007 Lyon]", "8bis avenue jean jaures 69007"),
    ("FR", "[8bis, av. Jean Jaurès 69007 Lyon]", "8bis avenue jean jaures 69007"),
    ("FR", "[12 rue de l'Église, bât. B, 75011 Paris]", "12 rue de l'eglise bldg b 75011"),
    ("FR", "[3 allée des Tilleuls, 3e étage, 33000 Bordeaux]", "3 allee des tilleuls fl 3 33000"),
    ("FR", "[20 boulevard du 8 Mai 1945, 31000 Toulouse]", "20 boulevard du 8 mai 1945 31000"),
    ("FR", "[45 rue Victor Hugo, Lille].", "45 rue victor hugo"),
    ("CH", "[Rue du Rhône 12, 1204 Genève]", "12 rue du rhone 1204"),
    ("CH", "[Bahnhofstrasse 21, 8001 Zürich]", "21 bahnhofstrasse 8001"),
    ("AT", "[Mariahilfer Straße 88/2/14, 1070 Wien]", "88 mariahilfer strasse apt 2-14 1070"),
    ("AT", "[Wiedner Hauptstraße 12, A-1040 Wien]", "12 wiedner hauptstrasse 1040"),
    ("BE", "[Kerkstraat 12, 9000 Gent]", "12 kerkstraat 9000"),
    ("BE", "[Kerkstraat 12 bus 3, 9000 Gent]", "12 kerkstraat bus 3 9000"),
    ("BE", "[Rue Neuve 12, 1000 Bruxelles]", "12 rue neuve 1000"),
    ("BE", "[Chaussée de Wavre 100, 1050 Ixelles]", "100 chaussee de wavre 1050"),
    ("DE", "[Oranienstr. 183, 10999 Berlin]", "183 oranienstrasse 10999"),
    ("DE", "[Am Markt 3]", "3 am markt"),
    ("DE", "[Am Markt 3, 99084 Erfurt]", "3 am markt 99084"),
    ("DE", "[Wilhelmshöher Allee 158, 34119 Kassel]", "158 wilhelmshoher allee 34119"),
    ("DE", "in der [Lange Straße 23a, 96047 Bamberg], tägl", "23a lange strasse 96047"),
    ("DE", "[Karl-Marx-Str. 12, 12043 Berlin]", "12 karl-marx-strasse 12043"),
    ("DE", "[Straße des 17. Juni 135, 10623 Berlin]", "135 strasse des 17 juni 10623"),
    ("DE", "[Hauptstr. 10 a, 60311 Frankfurt am Main]", "10a hauptstrasse 60311"),
    ("DE", "[An der Alster 5, 20099 Hamburg]", "5 an der alster 20099"),
    ("DE", "[Unter den Linden 77, D-10117 Berlin]", "77 unter den linden 10117"),
    ("NL", "[Keizersgracht 123-A, 1015 CW Amsterdam]", "123a keizersgracht 1015 cw"),
    ("NL", "Kapsalon [Gedempte Singel 18, 9401 JX Assen].", "18 gedempte singel 9401 jx"),
    ("NL", "[Kerkstraat 77, 5611GH Eindhoven]", "77 kerkstraat 5611 gh"),
    ("NL", "aan de [Prins Hendrikkade 33-2, 1012 TM Amsterdam]", "33-2 prins hendrikkade 1012 tm"),
    ("PL", "[ul. Marszałkowska 10/5, 00-590 Warszawa]", "10 marszalkowska apt 5 00-590"),
    ("PL", "[ul. Marszałkowska 10 m. 5, 00-590 Warszawa]", "10 marszalkowska apt 5 00-590"),
    ("PL", "[al. Jana Pawła II 62 lok. 9, 31-571 Kraków]", "62 aleja jana pawla ii apt 9 31-571"),
    ("PL", "[ul. 3 Maja 7, 40-096 Katowice]", "7 3 maja 40-096"),
    ("PL", "[Piotrkowska 100, 90-006 Łódź]", "100 piotrkowska 90-006"),
    ("PL", "przy [ul. Długiej 12, Gdańsk].", "12 dlugiej"),
    ("PL", "[os. Piastów 12/34, 31-624 Kraków]", "12 osiedle piastow apt 34 31-624"),
    ("PT", "[Rua Augusta 100, 3.º Esq., 1100-053 Lisboa]", "100 rua augusta fl 3 door esq 1100-053"),
    ("PT", "[Av. da Liberdade 110, 1250-146 Lisboa]", "110 avenida da liberdade 1250-146"),
    ("BR", "[Rua Augusta, 1500 - Consolação, São Paulo - SP, 01304-001]", "1500 rua augusta 01304-001"),
    (
        "BR",
        "na [Av. Higienópolis, 1240 - Centro, Londrina - PR, 86020-080], atend",
        "1240 avenida higienopolis 86020-080",
    ),
    ("BR", "[Rua das Flores, 123, apto 45, Curitiba - PR].", "123 rua das flores apt 45"),
    ("BR", "[R. Sete de Setembro, 50 - Centro, Niterói/RJ, CEP 24020-040]", "50 rua sete de setembro 24020-040"),
    ("SE", "[Storgatan 12B, 111 22 Stockholm]", "12b storgatan 111 22"),
    ("SE", "[Drottninggatan 5, lgh 1201, 411 14 Göteborg]", "5 drottninggatan apt 1201 411 14"),
    ("DK", "[Vesterbrogade 45, 2. th, 1620 København V]", "45 vesterbrogade fl 2 door th 1620"),
    ("NO", "[Karl Johans gate 22, 0162 Oslo]", "22 karl johans gate 0162"),
    ("FI", "[Mannerheimintie 12 A 5, 00100 Helsinki]", "12 mannerheimintie apt a5 00100"),
    ("CZ", "[Vinohradská 12, 120 00 Praha 2]", "12 vinohradska 120 00"),
    ("CZ", "[Dlouhá 730/35, 110 00 Praha 1]", "730 dlouha apt 35 110 00"),
    ("CZ", "[nám. Míru 5, 120 00 Praha]", "5 namesti miru 120 00"),
    ("HU", "[1051 Budapest, Nádor u. 12.] nyitva", "12 nador u 1051"),
    ("HU", "[1132 Budapest, Váci út 30, 2. em. 4. ajtó]", "30 vaci ut apt 4 fl 2 1132"),
    (
        "RO",
        "[Str. Lipscani nr. 12, bl. A3, sc. 1, et. 2, ap. 15, București]",
        "12 strada lipscani apt 15 bldg a3 esc 1 fl 2",
    ),
    ("RO", "[Calea Victoriei nr. 5, București, 010061]", "5 calea victoriei 010061"),
    ("RO", "[Bd. Unirii nr. 10, București 030167]", "10 boulevard unirii 030167"),
    ("TR", "[Atatürk Cad. No: 12 D: 5, 34710 Kadıköy/İstanbul]", "12 ataturk cad apt 5 34710"),
    ("TR", "[Bahariye Caddesi No:45/3, Kadıköy].", "45 bahariye caddesi apt 3"),
    ("RU", "[ул. Ленина, д. 10, кв. 5]", "10 ленина apt 5"),
    ("RU", "[ул. Ленина 10, Самара].", "10 ленина"),
    ("RU", "[пр-т Мира, 15, Москва, 129090]", "15 проспект мира 129090"),
    ("RU", "[Невский проспект, 28, Санкт-Петербург].", "28 невский проспект"),
    ("UA", "[вул. Хрещатик, 22, Київ, 01001]", "22 хрещатик 01001"),
    ("ID", "[Jl. Sudirman No. 12, Jakarta 10220]", "12 jalan sudirman 10220"),
]
"""Country, text with the address in brackets, key."""
SPANS = [
    ("GB", "[45 High Road, London N22 6DS]"),
    ("GB", "The Old Bakery, [14 Mill Lane, Bath BA1 1AA]"),
    ("GB", "[1st Floor, 22 High St, Leeds LS1 4AB]"),
    ("GB", "[Flat B, 14a High Street, Leeds, West Yorkshire, LS1 4AB]"),
    ("GB", "[14-16 High Street, Leeds]"),
    ("GB", "[Unit 7, 22 Mill Road, Leeds LS1 4AB]"),
    ("GB", "[Flat 2/1, 45 Byres Road, Glasgow G11 5RG]"),
    ("US", "[1234 E Main St #5, Mesa, AZ 85201]"),
    ("US", "[1600 Pennsylvania Ave NW, Washington, DC 20500]"),
    ("US", "[500 S. State St., Apt. 3B, Chicago, IL]"),
    ("US", "[9 Elm Street, Portland, Maine 04101]"),
    ("US", "[123 Broadway, New York, NY 10006]"),
    ("US", "[88 Oak Ave, Unit B, Santa Fe, New Mexico 87501]"),
    ("US", "[4500 N Lamar Blvd, Bldg 3, Ste 120, Austin, TX 78756-1234]"),
    ("US", "[1200 Route 9, Wappingers Falls, NY 12590]"),
    ("CA", "[1234 rue Saint-Denis, Montréal, QC H2X 3J8]"),
    ("CA", "[1234, rue Saint-Denis, bureau 200, Montréal (Québec) H2X 3J8]"),
    ("CA", "[Unit 5 - 1200 Bay Street, Toronto, ON M5R 2A5]"),
    ("CA", "[305-88 King St W, Toronto ON M5H 1A1]"),
    ("NZ", "[Flat 2, 15 Queen St, Auckland 1010]"),
    ("NZ", "[2/15 Ponsonby Road, Auckland]"),
    ("ZA", "[12 Long Street, Cape Town, 8001]"),
    ("HK", "[Flat B, 12/F, 88 Nathan Road, Kowloon]"),
    ("IE", "[Apt 4, 12 Patrick Street, Cork, T12 X8Y9]"),
    ("IE", "[12 Patrick Street, Limerick]"),
    ("FR", "[12 rue de la République, 2e étage gauche, 69002 Lyon]"),
    ("FR", "Résidence Les Pins, [12 avenue de la Mer, 13008 Marseille]"),
    ("FR", "[12, place du Marché 67000 Strasbourg]"),
    ("FR", "[22 cours Mirabeau, 13100 Aix-en-Provence]"),
    ("FR", "[5 Rue St-Jacques 75005 PARIS]"),
    ("FR", "[10 rue du Bac, Paris 7e]"),
    ("FR", "[14 bis rue de l'Abbé-Grégoire, 75006 Paris]"),
    ("FR", "[3 ter, quai Claude-Bernard, 69007 Lyon]"),
    ("DE", "[Schillerstr. 5, Hinterhaus, 80336 München]"),
    ("DE", "[Schillerstr. 5 in 80336 München]"),
    ("DE", "[Hauptstraße 12, 2. Stock, 70173 Stuttgart]"),
    ("DE", "[Kaiserstr. 10 - 12, 60311 Frankfurt/Main]"),
    ("DE", "[Kurfürstendamm 21, 10719 Berlin]"),
    ("DE", "[Zeil 10, 60313 Frankfurt]"),
    ("DE", "[Reeperbahn 5, 20359 Hamburg]"),
    ("DE", "[Schillerstr. 5, München]"),
    ("DE", "[Bei der Kirche 3, 22767 Hamburg]"),
    ("DE", "[Platz der Republik 1, 11011 Berlin]"),
    ("DE", "[Ludwig-Thoma-Weg 4b, 82319 Starnberg]"),
    ("DE", "[Neuer Wall 10, 20354 Hamburg]"),
    ("AT", "[Graben 5/3, 1010 Wien]"),
    ("AT", "[Landstraßer Hauptstraße 12/4/15, 1030 Wien]"),
    ("AT", "[Linke Wienzeile 48, Top 5, 1060 Wien]"),
    ("CH", "[Via Nassa 5, 6900 Lugano]"),
    ("CH", "[Rue de Lausanne 12, 1201 Genève]"),
    ("CH", "[Langstrasse 120, 8004 Zürich]"),
    ("NL", "[Oudegracht 12 bis, 3511 AB Utrecht]"),
    ("NL", "[Kerkstraat 5-hs, 1017 GA Amsterdam]"),
    ("NL", "[Ceintuurbaan 100 II, 1072 GD Amsterdam]"),
    ("NL", "[Van Baerlestraat 12A, 1071 AX Amsterdam]"),
    ("NL", "[Laan van Meerdervoort 120, 2517 AR Den Haag]"),
    ("BE", "[Rue de la Loi 16/B2, 1000 Bruxelles]"),
    ("BE", "[Grote Markt 5, 2000 Antwerpen]"),
    ("ES", "[C/Alcalá 45, 1º izq, 28014 Madrid]"),
    ("ES", "[Calle de Alcalá, nº 45, 3º dcha., 28014 Madrid]"),
    ("ES", "[Passeig de Gràcia, 43, 2n 1a, 08007 Barcelona]"),
    ("ES", "[Avenida Diagonal, 123, entlo. 2ª, 08005 Barcelona]"),
    ("ES", "[Calle Alcalá 45, bajo, 28014 Madrid]"),
    ("ES", "[Calle Colón 12, 4º-B, 46004 Valencia]"),
    ("ES", "[Calle Colón 12, 4ºB, 46004 Valencia]"),
    ("ES", "[Calle Colón 12, piso 4, puerta 8, 46004 Valencia]"),
    ("ES", "[Paseo de la Castellana, 100, planta 3, 28046 Madrid]"),
    ("IT", "[Viale Monza 24, scala A, 20127 Milano]"),
    ("IT", "[Via G. Verdi, 5/B, 40121 Bologna (BO)]"),
    ("IT", "[Via Roma n. 12, 00184 Roma]"),
    ("IT", "[Via Roma 12 - 00184 Roma (RM)]"),
    ("IT", "[Piazza Dante 3, piano 2, int. 5, 80135 Napoli]"),
    ("IT", "[Via Cavour, 18, Firenze]"),
    ("PT", "[Rua do Ouro, 12, 2.º Dto., 1100-060 Lisboa]"),
    ("PT", "[Rua do Ouro 12 - 2º Dto, 1100-060 Lisboa]"),
    ("PT", "[Rua de Santa Catarina, 312, 1º Esq., 4000-443 Porto]"),
    ("BR", "[Rua XV de Novembro, nº 100, Sala 305 - Centro, Curitiba/PR]"),
    ("BR", "[Av. Paulista, 1000 – Bela Vista – São Paulo/SP]"),
    ("BR", "[Rua Tupis, 100, Centro, Belo Horizonte - MG, 30130-000]"),
    ("BR", "[Alameda Santos, 45, cj. 12 - Jardins, São Paulo - SP, 01419-000]"),
    ("BR", "[Rua Frei Caneca, 569 - ap 42 - Consolação, São Paulo - SP, 01307-001]"),
    ("BR", "[Rua Augusta, 1500, São Paulo - SP]"),
    ("PL", "[ul. Nowy Świat 12/3, 00-400 Warszawa]"),
    ("PL", "[ul. gen. Andersa 5, Gdynia]"),
    ("PL", "[al. Niepodległości 100 lok. 3, 02-585 Warszawa]"),
    ("PL", "[Rynek Główny 12, 31-042 Kraków]"),
    ("CZ", "[Na Příkopě 12, 110 00 Praha 1]"),
    ("CZ", "[ul. Dlouhá 12, Brno]"),
    ("SE", "[Sveavägen 12, 2 tr, 113 50 Stockholm]"),
    ("SE", "[Kungsgatan 5 B, 903 26 Umeå]"),
    ("DK", "[Nørrebrogade 12, st. tv., 2200 København N]"),
    ("NO", "[Storgata 5, 0155 Oslo]"),
    ("HU", "[1052 Budapest, Váci utca 12. II/3]"),
    ("RO", "[str. Mihai Eminescu nr 5, Cluj]"),
    ("RO", "[Str. Mihai Eminescu nr. 5, bl. A2, ap. 12, sector 2, București]"),
    ("TR", "[Bağdat Caddesi No:123, 34710 Kadıköy/İstanbul]"),
    ("TR", "[Caferağa Mah. Moda Cad. No: 12/3, Kadıköy/İstanbul]"),
    ("RU", "[ул. Ленина, д. 10, корп. 2, кв. 5, Москва, 115280]"),
    ("RU", "[пр. Мира, 15, кв. 3]"),
    ("RU", "[Невский пр., 28]"),
    ("RU", "[ул. Большая Покровская, 12, Нижний Новгород]"),
    ("UA", "[вул. Шевченка, буд. 5, кв. 12, м. Львів, 79000]"),
    ("GR", "[Ερμού 12, 105 63 Αθήνα]"),
    ("AR", "[Av. Santa Fe 2450, piso 4 B, CABA]"),
    ("AR", "[Av. Rivadavia 5100, 3° A, C1424CER CABA]"),
    ("MX", "[Calle 10 Sur 123, Puebla]"),
    ("AU", "[Suite 3, 120 Pitt Street, Sydney NSW 2000]"),
    ("AU", "[Ground Floor, 15 Smith St, Fitzroy VIC 3065]"),
    ("AU", "[1/88 Beaufort Street, Perth WA 6000]"),
    ("IN", "[Shop No. 5, 12 MG Road, Pune 411001]"),
]
NONE = [
    "via WhatsApp 24 ore",
    "Via 5 euro al mese",
    "Place 3 in the list",
    "Parkplatz 3 ist frei",
    "Corso Base 3 mesi",
    "room 12 x 14 feet",
    "Der Platz 3 ist",
    "In der Stunde 50 Euro",
    "Am Montag 3 Uhr",
    "Im Mai 3 Termine",
    "Plaza Mayor 2024",
    "2 bed flat in Hill Street",
    "open 9 to 5 Main Street",
    "Zum Preis 50",
    "since 2019 Main Street Salon",
    "Calle Mayor",
    "I have 3 dogs and 2 Hill walks",
    "Im Angebot 12 Stück",
    "12 Way to go",
    "10 Great Places to visit",
    "20 Best Way to relax",
    "Straße 5",
    "Rua com 3 quartos",
    "2 Bed Apartment Drive",
    "r. 5 minutes",
    "avenue 5",
    "Am Telefon 24 Stunden",
    "C. Ronaldo 7 goals",
    "Corso Yoga 10 lezioni",
    "Weg 3",
    "Massage 60 Min 50 Euro",
    "pl. Anna 24 lat",
    "ul. nowa",
    "St. Pauli 12 Jahre",
    "R. Kelly 12 songs",
    "al. 3 Tage",
    "Str. 5",
    "Bul. 3 ani",
    "Via Marco 20 anni",
    "5 Star Way, ok",
    "w 2024 Warszawa",
    "10 Min Walk from the station",
    "1 Bed Place",
    "40 Minute Drive",
    "a 5 Minute Walk",
    "5 Mile Drive",
    "AVAILABLE FROM OCT 7",
    "al mes. A 8 minutos",
    "Hiring 5 line cooks",
    "Clearing 60 bottles",
    "Landing UA415 gate 55",
    "Atelierplatz 18 qm",
    "After hours: 071 120 9483. Ref CT/2026",
    "Bed space Al Nahda 750 aed",
    "Питание 3 раза, проезд. Возраст 20-55",
    "TÜV 09/26, 1850 VB",
    "Ervaring 6 jaar",
    "Market Yard gate 3",
]
SAME = [
    ("Flat 3, 12 High Street, Leeds LS1 4AB", "12 High St Apt 3, Leeds LS14AB", "GB"),
    ("ul. Szeroka 31/2, 87-100 Toruń", "Szeroka 31 m. 2, 87-100 Toruń", "PL"),
    ("Unit 4/12 George St, Sydney NSW 2000", "4/12 George Street, Sydney NSW 2000", "AU"),
    ("C/ Mayor 15, 28013 Madrid", "Calle Mayor, nº 15, 28013 Madrid", "ES"),
    ("Hauptstr. 10 a, 10115 Berlin", "Hauptstraße 10a, D-10115 Berlin", "DE"),
    ("8 bis avenue Foch, 69006 Lyon", "8bis, av. Foch 69006 Lyon", "FR"),
    ("ул. Ленина, д. 10, кв. 5", "улица Ленина 10, кв 5", "RU"),
]


@pytest.mark.parametrize(("region", "text", "key"), WHOLE, ids=[text for _, text, _ in WHOLE])
def test_an_address_is_read_whole(region: str, text: str, key: str) -> None:
    whole, raw = marked(text)
    (found,) = extract("Visit: " + whole, kinds=["address"], region=region)
    assert (found.raw.rstrip("."), found.value) == (raw.rstrip("."), key)
    assert PostalAddress.normalize(key) == key


@pytest.mark.parametrize(("region", "text"), SPANS, ids=[text for _, text in SPANS])
def test_an_address_reaches_from_the_unit_to_the_town(region: str, text: str) -> None:
    whole, raw = marked(text)
    (found,) = extract(f"ok: {whole}. Then", kinds=["address"], region=region)
    assert found.raw.rstrip(".") == raw.rstrip(".")
    assert PostalAddress.normalize(found.value) == found.value


@pytest.mark.parametrize("text", NONE)
def test_other_words_are_no_address(text: str) -> None:
    for region in (None, "US", "DE", "IT", "AU"):
        assert [item.raw for item in extract(text, kinds=["address"], region=region)] == []


@pytest.mark.parametrize(("first", "second", "region"), SAME, ids=[first for first, _, _ in SAME])
def test_two_ways_of_writing_one_place_have_one_key(first: str, second: str, region: str) -> None:
    values = {item.value for text in (first, second) for item in extract(text, kinds=["address"], region=region)}
    assert len(values) == 1


def test_a_letter_tells_houses_apart() -> None:
    assert PostalAddress.normalize("221B Baker Street") != PostalAddress.normalize("221 Baker Street")


HOSTILE = [
    "Aa ",
    "12 Main Street, Aa Bb, ",
    "12 Main Street, apt 3, unit 4",
    "Calle Mayor 15, 3º B, ",
    "5 A B C D St ",
    "Aa-",
]


@pytest.mark.parametrize(
    "piece", [HOSTILE[1], *(pytest.param(piece, marks=pytest.mark.full) for piece in HOSTILE if piece != HOSTILE[1])]
)
def test_a_long_text_of_parts_is_read_in_time(piece: str) -> None:
    extract("5 " + piece * (200_000 // len(piece)), kinds=["address"], region="DE")


@pytest.mark.parametrize(
    "text",
    [
        "44 20 7946 0123)}\u0440\u0443\u01d2%_\u96f6 \u20ac@ a",
        "\u0448\u0435\u0441\u0442\u044c-00.comhxxps[:]//exampledix$$120 DOB 05/03/1990",
        "7/@ street\u01a6\U0006930a459",
    ],
    ids=["brackets", "a link", "letters beyond"],
)
def test_what_is_no_address_has_no_key(text: str) -> None:
    with pytest.raises(InvalidIdentifier):
        PostalAddress.normalize(text)
