package dev.berth.lambda.oci;

import dev.berth.aws.AwsStores;
import dev.berth.lambda.handler.ApiFunction;
import dev.berth.lambda.handler.LambdaEdge;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The wire through API Gateway and Lambda, over DynamoDB and S3: blobs are links to the bucket. */
class AwsExchangesTest extends BehindGateway {

  @TempDir static Path directory;
  private static AwsStores stores;
  private static TestRegistry registry;
  private static LambdaEdge edge;

  @BeforeAll
  static void start() throws Exception {
    stores = new AwsStores(directory);
    registry = new TestRegistry(stores.table(), stores.objects());
    edge = new LambdaEdge(new ApiFunction(registry.api(), stores.objects(), TestRegistry.ADDRESS));
  }

  @AfterAll
  static void stop() {
    edge.close();
    stores.close();
  }

  @Override
  protected TestRegistry registry() {
    return registry;
  }

  @Override
  protected URI uri() {
    return edge.uri();
  }

  @Override
  protected byte[] linked(URI link) {
    try (var bucket = OciClient.anonymous(link)) {
      return bucket.get("").is(200).body();
    }
  }
}
