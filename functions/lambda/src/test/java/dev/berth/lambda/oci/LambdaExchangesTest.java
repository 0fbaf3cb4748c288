package dev.berth.lambda.oci;

import dev.berth.lambda.handler.ApiFunction;
import dev.berth.lambda.handler.LambdaEdge;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The wire through API Gateway and Lambda. */
class LambdaExchangesTest extends ExchangesContract {

  private static final MemoryRegistry REGISTRY = new MemoryRegistry();
  private static LambdaEdge edge;

  @BeforeAll
  static void start() throws IOException {
    edge =
        new LambdaEdge(new ApiFunction(REGISTRY.api(), REGISTRY.objects(), MemoryRegistry.ADDRESS));
  }

  @AfterAll
  static void stop() {
    edge.close();
  }

  @Override
  protected MemoryRegistry registry() {
    return REGISTRY;
  }

  @Override
  protected URI uri() {
    return edge.uri();
  }

  /** Six megabytes, a third of which base64 takes. */
  @Override
  protected long maxBody() {
    return 4_400_000;
  }

  /** Behind a real API Gateway the challenge comes from a gateway response. */
  @Override
  protected String challengeHeader() {
    return "x-amzn-Remapped-WWW-Authenticate";
  }

  /** API Gateway speaks nothing else. */
  @Override
  protected String scheme() {
    return "https";
  }

  @Override
  protected byte[] linked(URI link) {
    return REGISTRY.objects().bytes(link.getPath().substring(1));
  }
}
