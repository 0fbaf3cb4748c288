package dev.berth.core.sigv4;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** AWS's UriEncode: everything but RFC 3986's unreserved characters, in upper-case hex. */
final class UriEncoding {

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private UriEncoding() {}

  static String encode(String text) {
    return encode(text.getBytes(StandardCharsets.UTF_8));
  }

  /** One spelling for every way in which a client may have percent-encoded the same bytes. */
  static String normalize(String encoded) {
    return encode(decode(encoded.getBytes(StandardCharsets.UTF_8)));
  }

  private static String encode(byte[] bytes) {
    var out = new StringBuilder(bytes.length);
    for (byte b : bytes) {
      if (unreserved(b)) {
        out.append((char) b);
      } else {
        out.append('%').append(HEX.toHexDigits(b));
      }
    }
    return out.toString();
  }

  /** Bytes, not text, since they need not be UTF-8. A percent sign without two digits is itself. */
  private static byte[] decode(byte[] encoded) {
    var out = new ByteArrayOutputStream(encoded.length);
    for (int i = 0; i < encoded.length; i++) {
      if (encoded[i] == '%'
          && i + 2 < encoded.length
          && HexFormat.isHexDigit(encoded[i + 1])
          && HexFormat.isHexDigit(encoded[i + 2])) {
        out.write(
            HexFormat.fromHexDigit(encoded[i + 1]) << 4 | HexFormat.fromHexDigit(encoded[i + 2]));
        i += 2;
      } else {
        out.write(encoded[i]);
      }
    }
    return out.toByteArray();
  }

  private static boolean unreserved(byte b) {
    return b >= 'a' && b <= 'z'
        || b >= 'A' && b <= 'Z'
        || b >= '0' && b <= '9'
        || b == '-'
        || b == '.'
        || b == '_'
        || b == '~';
  }
}
