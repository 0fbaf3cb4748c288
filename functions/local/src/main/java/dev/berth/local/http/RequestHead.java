package dev.berth.local.http;

import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_LENGTH;
import static io.netty.handler.codec.http.HttpHeaderNames.EXPECT;
import static io.netty.handler.codec.http.HttpHeaderNames.HOST;

import dev.berth.lambda.http.EdgeError;
import dev.berth.lambda.http.Headers;
import dev.berth.lambda.http.RegistryAddress;
import dev.berth.lambda.http.Request;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * A request's line and header section, checked as RFC 9112 asks of a server.
 *
 * @param id made here, unique
 */
record RequestHead(HttpRequest message, String target, String host, String id) {

  private static final int FIELDS = 100;

  /**
   * @throws RefusedException if the request is not one of HTTP/1.0 or 1.1, or too large
   */
  static RequestHead of(HttpRequest message) throws RefusedException {
    checkDecoded(message);
    checkVersion(message.protocolVersion());
    if (message.headers().size() > FIELDS) {
      throw new RefusedException(
          EdgeError.HEADERS_TOO_LARGE, "the request has more than " + FIELDS + " header fields");
    }
    checkExpectation(message.headers().getAll(EXPECT));
    String host = host(message);
    String target = message.uri();
    int path = pathStart(target);
    if (path > 0) {
      host = target.substring(target.indexOf("://") + 3, path);
    }
    checkTarget(target);
    checkHost(host, message);
    return new RequestHead(message, target.substring(path), host, UUID.randomUUID().toString());
  }

  private static void checkDecoded(HttpRequest message) throws RefusedException {
    if (message.decoderResult().isFailure()) {
      throw switch (message.decoderResult().cause()) {
        case TooLongHttpLineException e ->
            new RefusedException(EdgeError.LINE_TOO_LONG, "the request line is longer than 8 KiB");
        case TooLongHttpHeaderException e ->
            new RefusedException(
                EdgeError.HEADERS_TOO_LARGE, "the header section is larger than 16 KiB");
        case Throwable e -> malformed("the request is not well-formed HTTP: " + e.getMessage());
      };
    }
  }

  private static void checkVersion(HttpVersion version) throws RefusedException {
    if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
      throw new RefusedException(
          EdgeError.VERSION_NOT_SUPPORTED, version.text() + " is not served, but HTTP/1.1 is");
    }
  }

  private static void checkExpectation(List<String> expectations) throws RefusedException {
    for (String expectation : expectations) {
      if (!expectation.equalsIgnoreCase("100-continue")) {
        throw new RefusedException(
            EdgeError.EXPECTATION_FAILED, "the only expectation that is met is 100-continue");
      }
    }
  }

  private static String host(HttpRequest message) throws RefusedException {
    var hosts = message.headers().getAll(HOST);
    if (hosts.size() > 1) {
      throw malformed("the request has several Host headers");
    }
    if (hosts.isEmpty() && message.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
      throw malformed("the request has no Host header");
    }
    return hosts.isEmpty() ? "" : hosts.getFirst();
  }

  /** Where the path begins in an origin-form or absolute-form target (RFC 9112, section 3.2). */
  private static int pathStart(String target) throws RefusedException {
    if (target.startsWith("/")) {
      return 0;
    }
    boolean absolute = target.startsWith("http://") || target.startsWith("https://");
    int path = absolute ? target.indexOf('/', target.indexOf("://") + 3) : -1;
    if (path < 0) {
      throw malformed("the request's target has no path");
    }
    return path;
  }

  private static void checkTarget(String target) throws RefusedException {
    for (int i = 0; i < target.length(); i++) {
      if (target.charAt(i) <= ' ' || target.charAt(i) == 0x7f) {
        throw malformed("the request's target has a control character");
      }
    }
  }

  private static void checkHost(String host, HttpRequest message) throws RefusedException {
    if (host.isEmpty() && message.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
      throw malformed("the Host header is empty");
    }
    for (int i = 0; i < host.length(); i++) {
      if (!isOfAuthority(host.charAt(i))) {
        throw malformed("the Host header is not a host name with an optional port");
      }
    }
  }

  private static boolean isOfAuthority(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || "-._:[]~%".indexOf(c) >= 0;
  }

  private static RefusedException malformed(String message) {
    return new RefusedException(EdgeError.MALFORMED, message);
  }

  boolean isHead() {
    return message.method().name().equals("HEAD");
  }

  boolean keepsAlive() {
    return HttpUtil.isKeepAlive(message);
  }

  boolean isHttp10() {
    return message.protocolVersion().equals(HttpVersion.HTTP_1_0);
  }

  boolean expectsContinue() {
    return !isHttp10() && message.headers().contains(EXPECT);
  }

  /** In bytes; none where the client announced no length, as in a chunked body. */
  OptionalLong contentLength() {
    String length = message.headers().get(CONTENT_LENGTH);
    return length == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(length));
  }

  boolean hasBody() {
    return HttpUtil.isTransferEncodingChunked(message) || contentLength().orElse(0) > 0;
  }

  Request toRequest(RegistryAddress registry, InputStream body, String peer, boolean secure) {
    int query = target.indexOf('?');
    return new Request(
        message.method().name(),
        query < 0 ? target : target.substring(0, query),
        query < 0 ? "" : target.substring(query + 1),
        host,
        RegistryAddress.ofHost(host).orElse(registry),
        headers(),
        body,
        contentLength(),
        peer,
        secure,
        id);
  }

  private Headers headers() {
    var fields = new HashMap<String, List<String>>();
    message
        .headers()
        .forEach(
            field ->
                fields
                    .computeIfAbsent(field.getKey(), any -> new ArrayList<>(1))
                    .add(field.getValue()));
    return new Headers(fields);
  }
}
