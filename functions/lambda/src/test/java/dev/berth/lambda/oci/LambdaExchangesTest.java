package dev.berth.lambda.oci;

import dev.berth.lambda.handler.ApiFunction;
import dev.berth.lambda.handler.LambdaEdge;
import dev.berth.registry.store.MemoryObjects;
import dev.berth.registry.store.MemoryTable;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The wire through API Gateway and Lambda. */
class LambdaExchangesTest extends BehindGateway {

  private static final MemoryObjects OBJECTS = new MemoryObjects(MemoryObjects.FIVE_MIB);
  private static final TestRegistry REGISTRY = new TestRegistry(new MemoryTable(), OBJECTS);
  private static LambdaEdge edge;

  @BeforeAll
  static void start() throws IOException {
    edge = new LambdaEdge(new ApiFunction(REGISTRY.api(), OBJECTS, TestRegistry.ADDRESS));
  }

  @AfterAll
  static void stop() {
    edge.close();
  }

  @Override
  protected TestRegistry registry() {
    return REGISTRY;
  }

  @Override
  protected URI uri() {
    return edge.uri();
  }

  @Override
  protected byte[] linked(URI link) {
    return OBJECTS.bytes(link.getPath().substring(1));
  }
}
