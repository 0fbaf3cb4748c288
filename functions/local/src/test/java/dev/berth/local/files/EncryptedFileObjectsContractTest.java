package dev.berth.local.files;

import dev.berth.core.secret.Sealer;
import dev.berth.local.kms.LocalKms;
import dev.berth.registry.store.ObjectEncryption;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.ObjectsContract;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Objects of a repository with a key are no different to whoever reads and writes them. */
class EncryptedFileObjectsContractTest extends ObjectsContract {

  private static final Sealer SEALER = TestLinks.sealer();

  @TempDir static Path root;
  private static LinkServer server;
  private static FileObjects objects;
  private static ObjectEncryption encryption;

  @BeforeAll
  static void open() throws IOException {
    server = new LinkServer();
    var links = new LinkSigner(SEALER, server::base, Clock.systemUTC());
    var kms = new LocalKms("us-east-1", root.resolve("kms"));
    encryption =
        new ObjectEncryption.Kms(
            kms.defaultKey("123456789012").toString(),
            "arn:aws:ecr:us-east-1:123456789012:repository/app");
    objects = new FileObjects(root.resolve("objects"), links, kms);
    server.serve(objects, links);
  }

  @AfterAll
  static void close() throws IOException {
    server.close();
    objects.close();
  }

  @Override
  protected Objects objects() {
    return objects;
  }

  @Override
  protected ObjectEncryption encryption() {
    return encryption;
  }

  @Override
  protected URI linkSignedAt(Instant time, String key, Objects.Method method, Duration validity) {
    return new LinkSigner(SEALER, server::base, Clock.fixed(time, ZoneOffset.UTC))
        .sign(key, method, validity);
  }
}
