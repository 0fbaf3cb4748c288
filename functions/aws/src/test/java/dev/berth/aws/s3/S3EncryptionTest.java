package dev.berth.aws.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.store.ObjectEncryption;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.Objects.Part;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** What requests ask S3 to encrypt with. */
class S3EncryptionTest {

  private static final String PREFIX = "x-amz-server-side-encryption";
  private static final String KEY = "arn:aws:kms:us-east-1:123456789012:key/0123";
  private static final String APP = "arn:aws:ecr:us-east-1:123456789012:repository/app";
  private static final ObjectEncryption KMS = new ObjectEncryption.Kms(KEY, APP);

  @TempDir static Path directory;
  private static S3ProxyServer server;
  private static Objects objects;
  private static final List<Map<String, String>> SENT = new ArrayList<>();

  private static final ExecutionInterceptor RECORDER =
      new ExecutionInterceptor() {
        @Override
        public void beforeTransmission(
            Context.BeforeTransmission context, ExecutionAttributes attributes) {
          Map<String, String> asked = new TreeMap<>();
          context
              .httpRequest()
              .headers()
              .forEach(
                  (name, values) -> {
                    if (name.startsWith(PREFIX)) {
                      asked.put(name.substring(PREFIX.length()), values.getFirst());
                    }
                  });
          SENT.add(asked);
        }
      };

  @BeforeAll
  static void start() throws Exception {
    server = new S3ProxyServer(directory);
    objects = server.newBucket("encrypted", RECORDER);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void forget() {
    SENT.clear();
  }

  @Test
  void aWholeObjectIsWrittenWithItsKeyAndItsRepositoryAsContext() {
    objects.put("whole", ByteBuffer.allocate(10), KMS);

    assertThat(SENT).singleElement().satisfies(S3EncryptionTest::asksForTheKey);
  }

  @Test
  void aMultipartWriteBeginsWithItsKeyAndItsPartsFollowIt() {
    String id = objects.begin("parts", KMS);
    Part part = objects.part("parts", id, 1, ByteBuffer.allocate(10));
    objects.complete("parts", id, List.of(part));

    assertThat(SENT.getFirst()).satisfies(S3EncryptionTest::asksForTheKey);
    // S3 takes the rest from the request that began it, and refuses to be told otherwise
    assertThat(SENT.subList(1, SENT.size())).hasSize(2).allMatch(Map::isEmpty);
  }

  @Test
  void aCopyIsWrittenWithItsOwnKeyWhateverTheSourceHas() {
    objects.put("plain-source", ByteBuffer.allocate(10), ObjectEncryption.STANDARD);
    SENT.clear();
    objects.copy("plain-source", "encrypted-copy", KMS);

    assertThat(SENT).hasSize(2);
    assertThat(SENT.getLast()).satisfies(S3EncryptionTest::asksForTheKey);
  }

  @Test
  void anObjectWithoutAKeyIsLeftToTheBucket() {
    objects.put("plain", ByteBuffer.allocate(10), ObjectEncryption.STANDARD);
    objects.abort("parts", objects.begin("parts", ObjectEncryption.STANDARD));

    assertThat(SENT).hasSize(3).allMatch(Map::isEmpty);
  }

  private static void asksForTheKey(Map<String, String> asked) {
    String context = new String(Base64.getDecoder().decode(asked.get("-context")), UTF_8);
    assertThat(context).isEqualTo("{\"aws:ecr:arn\":\"%s\"}".formatted(APP));
    assertThat(asked)
        .containsEntry("", "aws:kms")
        .containsEntry("-aws-kms-key-id", KEY)
        .containsEntry("-bucket-key-enabled", "false");
  }
}
