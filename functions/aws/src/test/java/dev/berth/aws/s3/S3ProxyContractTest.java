package dev.berth.aws.s3;

import dev.berth.registry.store.Objects;
import dev.berth.registry.store.ObjectsContract;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class S3ProxyContractTest extends ObjectsContract {

  @TempDir static Path directory;
  private static S3ProxyServer server;
  private static S3Fixture fixture;

  @BeforeAll
  static void start() throws Exception {
    server = new S3ProxyServer(directory);
    fixture = server.bucket("contract");
  }

  @AfterAll
  static void stop() {
    fixture.close();
    server.close();
  }

  @Override
  protected Objects objects() {
    return fixture.objects();
  }

  @Override
  protected Optional<String> whyNotAllKeys() {
    return Optional.of("S3Proxy keeps an object in a file that is named like its key");
  }

  @Override
  protected URI linkSignedAt(Instant time, String key, Objects.Method method, Duration validity) {
    return fixture.linkSignedAt(time, key, method, validity);
  }
}
