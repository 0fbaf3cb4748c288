package dev.berth.aws.sts;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.berth.core.login.PresignedToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An STS on loopback that knows one key and checks signatures as AWS does: a header that was signed
 * counts as it was sent.
 */
public final class TestSts implements AutoCloseable {

  public static final String ARN = "arn:aws:sts::111122223333:assumed-role/ci/build-7";

  private final HttpServer server;
  private final List<String> asked = new ArrayList<>();
  private volatile Optional<Answer> instead = Optional.empty();

  /** What is answered to whatever is asked. */
  record Answer(int status, String body, Map<String, String> headers) {}

  public TestSts() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  void answer(int status, String body) {
    instead = Optional.of(new Answer(status, body, Map.of()));
  }

  void redirectTo(String url) {
    instead = Optional.of(new Answer(302, "", Map.of("Location", url)));
  }

  /** The paths that were asked for. */
  public synchronized List<String> asked() {
    return List.copyOf(asked);
  }

  private void handle(HttpExchange exchange) throws IOException {
    synchronized (this) {
      asked.add(exchange.getRequestURI().getPath());
    }
    Answer answer = instead.orElseGet(() -> verified(exchange));
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static Answer verified(HttpExchange exchange) {
    Map<String, String> query = new TreeMap<>();
    for (String pair : exchange.getRequestURI().getRawQuery().split("&")) {
      String[] parts = pair.split("=", 2);
      query.put(parts[0], parts[1]);
    }
    String signature = query.remove("X-Amz-Signature");
    Map<String, String> headers = new TreeMap<>();
    for (String name : query.get("X-Amz-SignedHeaders").split("%3B")) {
      headers.put(name, exchange.getRequestHeaders().getFirst(name));
    }
    boolean valid =
        exchange.getRequestMethod().equals("GET")
            && query.get("X-Amz-Credential").startsWith(PresignedToken.KEY_ID)
            && signature.equals(PresignedToken.signature(PresignedToken.SECRET, query, headers));
    return valid
        ? new Answer(200, caller(ARN), Map.of("Content-Type", "text/xml"))
        : new Answer(403, error("SignatureDoesNotMatch"), Map.of("Content-Type", "text/xml"));
  }

  static String caller(String arn) {
    return """
    <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
      <GetCallerIdentityResult>
        <Arn>%s</Arn>
        <UserId>AROAEXAMPLE:build-7</UserId>
        <Account>111122223333</Account>
      </GetCallerIdentityResult>
      <ResponseMetadata><RequestId>1</RequestId></ResponseMetadata>
    </GetCallerIdentityResponse>
    """
        .formatted(arn);
  }

  static String error(String code) {
    return """
    <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
      <Error><Type>Sender</Type><Code>%s</Code><Message>no</Message></Error>
      <RequestId>1</RequestId>
    </ErrorResponse>
    """
        .formatted(code);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
