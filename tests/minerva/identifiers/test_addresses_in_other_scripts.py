"""Addresses in scripts without capitals and in Vietnamese, with what looks like them."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract
from minerva.identifiers.postal_address import PostalAddress
from tests.minerva.identifiers.addresses import found_in, marked, share_key

WHOLE = [
    ("CN", "[北京市朝阳区建国路88号]", "88 建国路"),
    ("CN", "地址:[北京市朝阳区建国路88号]", "88 建国路"),
    ("CN", "[上海市静安区南京西路1266号恒隆广场]", "1266 南京西路"),
    ("CN", "[上海南京西路1266号]", "1266 南京西路"),
    (
        "CN",
        "[广东省深圳市福田区福华三路100号鼎和大厦12楼1203室]",
        "100 福华三路 fl 12 rm 1203",
    ),
    ("CN", "[北京市东城区南锣鼓巷12号]", "12 南锣鼓巷"),
    ("TW", "[台北市信義區市府路45號5樓]", "45 市府路 fl 5"),
    ("TW", "[台北市大安區忠孝東路四段100巷5弄12號3樓]", "12 忠孝东路4段100巷5弄 fl 3"),
    ("HK", "[九龍尖沙咀彌敦道88號12樓B室]", "88 弥敦道 fl 12 rm b"),
    ("JP", "[東京都新宿区西新宿2-8-1]", "2-8-1 西新宿"),
    ("JP", "[東京都渋谷区道玄坂1丁目2番3号]", "1-2-3 道玄坂"),
    ("JP", "[大阪府大阪市北区梅田3-1-1 5F]", "3-1-1 梅田 fl 5"),
    ("JP", "[〒150-0043 東京都渋谷区道玄坂1-2-3]", "1-2-3 道玄坂 150-0043"),
    ("JP", "[東京都町田市原町田6-1-1]です", "6-1-1 原町田"),
    ("KR", "[서울특별시 강남구 테헤란로 152]", "152 테헤란로"),
    ("KR", "[서울 마포구 양화로 45 3층]", "45 양화로 fl 3"),
    ("KR", "[서울특별시 강남구 테헤란로 152, 3층 301호 (역삼동) 06236]", "152 테헤란로 fl 3 rm 301 06236"),
    ("KR", "[부산광역시 해운대구 해운대로 570번길 12]", "12 해운대로570번길"),
    ("TH", "[99/5 ซอยสุขุมวิท 22 กรุงเทพฯ 10110]", "99-5 ซอยสุขุมวิท 22 10110"),
    (
        "TH",
        "[ชั้น 3 ห้อง 12 99/5 ถนนสีลม เขตบางรัก กรุงเทพฯ 10500]",
        "99-5 ถนนสีลม fl 3 rm 12 10500",
    ),
    ("VN", "[215 đường Nguyễn Trãi, Quận 1, TP.HCM]", "215 nguyen trai"),
    ("VN", "[12 Lê Lợi, Quận 1, TP. Hồ Chí Minh]", "12 le loi"),
    ("VN", "[12/3 Lê Lợi, P. Bến Nghé, Q.1, TP.HCM]", "12-3 le loi"),
    ("VN", "[25 Hàng Bài, Hà Nội]", "25 hang bai"),
    ("KR", "[세종특별자치시 한누리대로 2130]", "2130 한누리대로"),
    ("VN", "[25 phố Hàng Bài, Hà Nội]", "25 hang bai"),
    ("IL", "[רחוב דיזנגוף 99, תל אביב]", "99 דיזנגוף"),
    ("IL", "ב[רחוב הרצל 12א, חיפה]", "12א הרצל"),
    ("IL", "[שדרות רוטשילד 12, קומה 3, תל אביב]", "12 שדרות רוטשילד fl 3"),
    ("EG", "[شارع التحرير 15، الدقي]", "15 التحرير"),
    ("SA", "[شارع الملك فهد 12، الرياض]", "12 الملك فهد"),
    ("EG", "[15 شارع التحرير، الدقي]", "15 التحرير"),
    ("SA", "[طريق الملك فهد رقم 12، الرياض]", "12 طريق الملك فهد"),
]
SAME = [
    ("北京市朝阳区建国路88号", "北京朝阳区建国路８８號", "CN"),
    ("台北市大安區忠孝東路四段12號3樓", "臺北市大安區忠孝東路4段12號三樓", "TW"),
    ("東京都新宿区西新宿２－８－１", "東京都新宿区西新宿二丁目8番1号", "JP"),
    ("東京都渋谷区道玄坂1丁目2番3号", "東京都渋谷区道玄坂1-2-3", "JP"),
    ("서울특별시 강남구 테헤란로 152", "서울 강남구 테헤란로152", "KR"),
    ("99/5 ซอยสุขุมวิท 22 กรุงเทพฯ 10110", "๙๙/๕ ซ.สุขุมวิท22 แขวงคลองเตย กรุงเทพฯ 10110", "TH"),
    ("215 đường Nguyễn Trãi, Quận 1, TP.HCM", "215 Nguyen Trai, Quan 1, Ho Chi Minh", "VN"),
    ("רחוב דיזנגוף 99, תל אביב", "רח' דיזנגוף 99 תל אביב", "IL"),
    ("شارع التحرير ١٥، الدقي", "15 شارع التحرير، الدقي", "EG"),
]
NONE = [
    "88号",
    "乘坐88路公交",
    "地铁2号线",
    "北京地铁10号线",
    "南京路步行街",
    "建国路88号",
    "3号楼5层",
    "5月12号",
    "北京市区道路3号线",
    "我在北京市朝阳区的路边等了2号车",
    "价格 500 元 60分钟",
    "一路88号选手",
    "北京5环路 3号出口",
    "2-8-1",
    "西新宿2-8-1",
    "新宿区 3-1",
    "巨人3-1阪神",
    "東京都 2-1 大阪府",
    "営業時間 10-22",
    "電話 03-1234-5678",
    "東京 3丁目",
    "테헤란로 152",
    "서울로 가는 길 3시간",
    "지하철 2호선",
    "친구 집으로 3명",
    "60분 12만원",
    "강남역 3번 출구",
    "서울 강남구 3층",
    "정말로 5",
    "서울 바로 30 분",
    "ซอย 22",
    "ราคา 500 บาท 2 ชั่วโมง",
    "รถเมล์ 99 ถนนสีลม",
    "ห้อง 12 ชั้น 3",
    "12 ซอยสุขุมวิท",
    "Quận 1",
    "2 Phòng, Quận 1 giá 5 triệu",
    "phở 50k, 2 tô",
    "đường 5",
    "Q.1, TP.HCM",
    "רחוב דיזנגוף",
    "רחוב 5",
    "קו 99 תל אביב",
    "מחיר 300 ₪, 60 דקות",
    "ברחוב הזה 3 דקות, תל אביב",
    "דירה 3 קומה 2",
    "شارع التحرير",
    "شارع 15",
    "السعر 150 ريال، الرياض",
    "شارع التحرير 15 دقيقة، الدقي",
    "خط 15، الدقي",
    "الساعة 10، الرياض",
    "شارع التحرير 15، اتصل",
    "רחוב הרצל 5, מחיר",
    "2 Phòng Ngủ, Quận 1",
    "3 Bedroom Flat, Quan 1",
    "5 Star Hotel, Ho Chi Minh",
    "10 Căn Hộ, Quận 7, TP.HCM",
    "大阪府大阪市立高校3-1京都",
    "東京都新宿区歌舞伎町10-22時",
    "서울 위주로 10",
    "서울 위주로 10-22시",
    "서울 강남구 논현로 5 분 거리",
]


@pytest.mark.parametrize(("region", "text", "key"), WHOLE, ids=[text for _, text, _ in WHOLE])
def test_an_address_is_read_whole(region: str, text: str, key: str) -> None:
    whole, raw = marked(text)
    for known in (region, None):
        assert found_in(whole, known) == [(raw, key)]
    assert PostalAddress.normalize(key) == key


@pytest.mark.parametrize(("first", "second", "region"), SAME, ids=[first for first, _, _ in SAME])
def test_two_ways_of_writing_one_place_have_one_key(first: str, second: str, region: str) -> None:
    assert share_key(first, second, region)


@pytest.mark.parametrize("text", NONE)
def test_other_words_are_no_address(text: str) -> None:
    for region in (None, "CN", "JP", "KR", "TH", "VN", "IL", "EG"):
        assert found_in(text, region) == [], region


@pytest.mark.full
@pytest.mark.parametrize(
    "piece",
    [
        "市区路8",
        "北京市路5号",
        "東京都新宿区西",
        "新宿区西1-2 ",
        "서울 강남구 로 ",
        "구 로 12 ",
        "9 ซอยกก เขต",
        "9 Le Lo, Quan 1, ",
        "רחוב אב 1 ",
        "شارع اب 1 ",
        "1 شارع اب ",
    ],
)
def test_a_long_text_of_parts_is_read_in_time(piece: str) -> None:
    extract("5 " + piece * (100_000 // len(piece)), kinds=["address"], region="CN")
