"""Words that open many doors, among them those that Chinese users reach for first.

Collected from what password studies report: keyboard walks, names of services, love
numbers (520, 1314), pinyin phrases, cities of the region, the trade's own words.
"""

_WORDS = """
password passw0rd passwd pass mima mimashi secret letmein welcome login guest master
admin administrator root superuser system test tester testing demo user default changeme
access public private server oracle mysql postgres redis huawei xiaomi lenovo cisco
qwerty qwertyuiop qwert asdfgh asdfghjkl asdf zxcvbn zxcvbnm zxcv qazwsx qazwsxedc
1qaz2wsx 1qaz 2wsx 3edc 1q2w3e4r 1q2w3e4r5t 1q2w3e zaq12wsx q1w2e3r4 qweasd qweasdzxc
abc abcd abcdef abc123 a1b2c3 aa123456 a123456 qq123456 abcd1234 1234qwer asd123 qwe123
123 1234 12345 123456 1234567 12345678 123456789 1234567890 0123456789 0987654321
654321 87654321 987654321 123123 123321 112233 11223344 121212 111222 147258 147258369
159357 159753 789456 789456123 741852963 963852741 246810 13579 1357924680 147852
520 521 1314 5201314 1314520 5211314 520520 521521 13145200 3344520 7758521 7758258
584520 201314 2013145 131452 5841314 9958123 110 120 119 12350 12345678910
woaini woaini1314 woaini520 woaiwojia woaizhongguo iloveyou loveyou love forever baby
angel princess sunshine dragon monkey tiger shadow michael jordan football soccer
wozuibang woshishui nihao nihaoma meiyou mimamima zhangsan lisi wangwu zhaoliu xiaoming
wangwei wangfang liwei lina zhangwei zhangmin liujun chenjie yangyang zhongguo china
beijing shanghai guangzhou shenzhen zhengzhou henan anyang linzhou huaxian tangyin neihuang
wenfeng beiguan yindu longan anqima anquan anquanma anquanshengchan shengchan yingji
yingjiju guanli gongsi qiye company factory safety security
zhuanjia kaifa caiwu bangong office work zhifa jiancha anjian jiandu juzhang
taobao alipay tencent weixin wechat baidu google alibaba
tianya renren weibo dingding feishu
hello hello123 helloworld superman batman pokemon starwars computer internet
windows android iphone samsung
spring summer autumn winter monday january qwer1234 wang1234 li123456 zhang123
guanliyuan chaojiguanliyuan ceshi ceshizhanghao zhanghao
安全生产 安全第一 应急管理 企业安全 我爱你 我爱中国 你好 密码 管理员 测试
"""

COMMON_WORDS = frozenset(_WORDS.split())
