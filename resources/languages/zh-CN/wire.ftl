# Sentences of the floor wire.

wire-hex-digit = 第 { $column } 个字符“{ $found }”不是十六进制数字
wire-hex-half = 第 { $column } 个字符处的字节只有一位十六进制数字，应写两位，例如 0a
wire-escape-unknown = 第 { $column } 个字符处的“\{ $found }”不是转义序列；反斜杠本身写作 \\
wire-escape-unfinished = 文本在第 { $column } 个字符的反斜杠之后就结束了；反斜杠本身写作 \\
wire-escape-byte = 第 { $column } 个字符处的“\x”后面需要两位十六进制数字，例如 \x0a
wire-escape-character = 第 { $column } 个字符处的“\u”后面需要花括号中的字符编号，例如 \u{"{4f60}"}
wire-charset-missing = { $charset } 中没有字符“{ $character }”（文本的第 { $column } 个字符）
