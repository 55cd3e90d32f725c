# Sentences of the floor wire.

wire-hex-digit = character { $column }, “{ $found }”, is not a hex digit
wire-hex-half = the byte at character { $column } has only one hex digit; write two, as in 0a
wire-escape-unknown = “\{ $found }” at character { $column } is not an escape; write \\ for a backslash
wire-escape-unfinished = the text ends after the backslash at character { $column }; write \\ for a backslash
wire-escape-byte = “\x” at character { $column } needs two hex digits, as in \x0a
wire-escape-character = “\u” at character { $column } needs the number of a character in braces, as in \u{"{4f60}"}
wire-charset-missing = { $charset } has no character “{ $character }” (character { $column } of the text)
