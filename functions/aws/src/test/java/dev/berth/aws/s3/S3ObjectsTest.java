package dev.berth.aws.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.aws.s3.Interference.Fate;
import dev.berth.registry.RegistryException.KmsFailed;
import dev.berth.registry.store.ObjectEncryption;
import dev.berth.registry.store.Objects.Method;
import dev.berth.registry.store.Objects.ObjectExistsException;
import dev.berth.registry.store.Objects.Part;
import dev.berth.registry.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.ListPartsRequest;

/** What the port's contract cannot ask for: failures between us and S3. */
class S3ObjectsTest {

  private static final String BUCKET = "failures";

  @TempDir static Path directory;
  private static S3ProxyServer server;
  private static S3Fixture fixture;

  private final String key = "key/" + UUID.randomUUID();

  @BeforeAll
  static void start() throws Exception {
    server = new S3ProxyServer(directory);
    fixture = server.bucket(BUCKET);
  }

  @AfterAll
  static void stop() {
    fixture.close();
    server.close();
  }

  @Test
  void aPutWhoseAnswerIsLostIsNotRefusedAtItsSecondAttempt() throws IOException {
    try (S3Client s3 = meeting(Fate.ANSWER_LOST)) {
      objects(s3).put(key, bytes("mine"), ObjectEncryption.STANDARD);
    }
    assertThat(read()).isEqualTo("mine");
  }

  @Test
  void aPutWhoseAnswerIsLostIsRefusedWhereAnotherCameFirst() throws IOException {
    fixture.objects().put(key, bytes("theirs"), ObjectEncryption.STANDARD);
    try (S3Client s3 = meeting(Fate.ANSWER_LOST)) {
      assertThatThrownBy(() -> objects(s3).put(key, bytes("mine"), ObjectEncryption.STANDARD))
          .isInstanceOf(ObjectExistsException.class);
    }
    assertThat(read()).isEqualTo("theirs");
  }

  @Test
  void aPutThatMeetsAConflictIsRepeated() throws IOException {
    try (S3Client s3 = meeting(Fate.CONFLICT, Fate.CONFLICT)) {
      objects(s3).put(key, bytes("mine"), ObjectEncryption.STANDARD);
    }
    assertThat(read()).isEqualTo("mine");
  }

  @Test
  void aCompleteWhoseAnswerIsLostIsNotRefusedAtItsSecondAttempt() throws IOException {
    String id = fixture.objects().begin(key, ObjectEncryption.STANDARD);
    Part part = fixture.objects().part(key, id, 1, bytes("mine"));
    try (S3Client s3 = meeting(Fate.ANSWER_LOST)) {
      objects(s3).complete(key, id, List.of(part));
    }
    assertThat(read()).isEqualTo("mine");
  }

  @Test
  void aConflictThatDoesNotEndIsAFailureOfTheStore() {
    Fate[] conflicts = {Fate.CONFLICT, Fate.CONFLICT, Fate.CONFLICT, Fate.CONFLICT, Fate.CONFLICT};
    try (S3Client s3 = meeting(conflicts)) {
      assertThatThrownBy(() -> objects(s3).put(key, bytes("mine"), ObjectEncryption.STANDARD))
          .isExactlyInstanceOf(StoreException.class)
          .hasMessageContaining(key)
          .hasCauseInstanceOf(SdkException.class);
    }
  }

  @Test
  void aCopyWhoseAnswerIsLostIsNotRefusedAtItsSecondAttempt() throws IOException {
    fixture.objects().put(key + "-source", bytes("copied"), ObjectEncryption.STANDARD);
    try (S3Client s3 = meeting(Fate.ANSWERED, Fate.ANSWER_LOST)) {
      objects(s3).copy(key + "-source", key, ObjectEncryption.STANDARD);
    }
    assertThat(read()).isEqualTo("copied");
  }

  @Test
  void whatIsTooLargeForOneRequestIsCopiedInParts() throws IOException {
    byte[] bytes = new byte[13 << 20];
    new Random(1).nextBytes(bytes);
    var objects = new S3Objects(fixture.s3(), fixture.presigner(), BUCKET, 7 << 20);
    objects.put(key + "-source", ByteBuffer.wrap(bytes), ObjectEncryption.STANDARD);

    objects.copy(key + "-source", key, ObjectEncryption.STANDARD);

    try (InputStream copy = objects.get(key, 0, Long.MAX_VALUE)) {
      assertThat(copy.readAllBytes()).isEqualTo(bytes);
    }
    assertThatThrownBy(() -> objects.copy(key + "-source", key, ObjectEncryption.STANDARD))
        .isInstanceOf(ObjectExistsException.class);
    assertThat(objects.multiparts(Optional.empty(), 1000).entries())
        .noneMatch(open -> open.key().equals(key));
  }

  @Test
  void aSourceWhoseKeyIsDisabledIsNotCopied() {
    fixture.objects().put(key + "-source", bytes("encrypted"), ObjectEncryption.STANDARD);
    try (S3Client s3 = meeting(Fate.ANSWERED, Fate.KEY_DISABLED)) {
      S3Objects objects = objects(s3);
      assertThatThrownBy(() -> objects.copy(key + "-source", key, ObjectEncryption.STANDARD))
          .isInstanceOf(KmsFailed.class)
          .hasMessageEndingWith("key/1 is disabled.");
    }
  }

  @Test
  void allPagesOfPartsAreListed() {
    var objects = fixture.objects();
    String id = objects.begin(key, ObjectEncryption.STANDARD);
    List<Part> parts =
        List.of(1, 2, 3).stream().map(n -> objects.part(key, id, n, bytes("part " + n))).toList();
    try (S3Client s3 =
        client()
            .overrideConfiguration(configuration -> configuration.addExecutionInterceptor(ONE_EACH))
            .build()) {
      assertThat(objects(s3).parts(key, id)).isEqualTo(parts);
    }
    objects.abort(key, id);
  }

  @Test
  void whatKmsRefusesIsSaidInItsWords() {
    var kms = new ObjectEncryption.Kms("arn:aws:kms:us-east-1:123456789012:key/1", "arn:of:app");
    try (S3Client s3 = meeting(Fate.KEY_DISABLED, Fate.KEY_DISABLED, Fate.KEY_DISABLED)) {
      S3Objects objects = objects(s3);
      for (ThrowingCallable call :
          List.<ThrowingCallable>of(
              () -> objects.put(key, bytes("mine"), kms),
              () -> objects.begin(key, kms),
              () -> objects.get(key, 0, 1))) {
        assertThatThrownBy(call)
            .isInstanceOfSatisfying(
                KmsFailed.class, e -> assertThat(e.error()).isEqualTo("DisabledException"))
            .hasMessageEndingWith("key/1 is disabled.");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"KMS_THROTTLES", "KMS_UNAVAILABLE"})
  void thatKmsDoesNotAnswerIsNotTheCallersFault(Fate fate) {
    Fate[] always = Collections.nCopies(10, fate).toArray(Fate[]::new);
    try (S3Client s3 = meeting(always)) {
      assertThatThrownBy(() -> objects(s3).get(key, 0, 1)).isInstanceOf(StoreException.class);
    }
  }

  @Test
  void aStreamThatIsClosedEarlyLeavesTheClientUsable() throws IOException {
    fixture.objects().put(key, ByteBuffer.allocate(1 << 20), ObjectEncryption.STANDARD);
    for (int i = 0; i < 100; i++) {
      try (InputStream stream = fixture.objects().get(key, 0, 1 << 20)) {
        assertThat(stream.read()).isZero();
      }
    }
  }

  @Test
  void aLinkIsGoodForAsLongAsAsked() {
    var link = fixture.objects().signedLink(key, Method.GET, Duration.ofMinutes(7));
    assertThat(link.getQuery()).contains("X-Amz-Expires=420");
  }

  @Test
  void aStoreThatDoesNotAnswerIsSaidSoWithItsCause() {
    var nowhere = new S3Objects(fixture.s3(), fixture.presigner(), "no-such-bucket");
    assertThatThrownBy(() -> nowhere.put(key, bytes("mine"), ObjectEncryption.STANDARD))
        .isExactlyInstanceOf(StoreException.class)
        .hasMessageContaining(key)
        .hasCauseInstanceOf(SdkException.class);
    assertThatThrownBy(() -> nowhere.get(key, 0, 1))
        .isExactlyInstanceOf(StoreException.class)
        .hasCauseInstanceOf(SdkException.class);
  }

  private static final ExecutionInterceptor ONE_EACH =
      new ExecutionInterceptor() {
        @Override
        public SdkRequest modifyRequest(
            Context.ModifyRequest context, ExecutionAttributes attributes) {
          return context.request() instanceof ListPartsRequest list
              ? list.toBuilder().maxParts(1).build()
              : context.request();
        }
      };

  private static S3ClientBuilder client() {
    return S3Fixture.client(server.endpoint(), Region.US_EAST_1, S3ProxyServer.user());
  }

  private static S3Client meeting(Fate... fates) {
    return client()
        .httpClientBuilder(
            defaults ->
                new Interference(Apache5HttpClient.builder().buildWithDefaults(defaults), fates))
        .build();
  }

  private static S3Objects objects(S3Client s3) {
    return new S3Objects(s3, fixture.presigner(), BUCKET);
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private String read() throws IOException {
    try (InputStream stream = fixture.objects().get(key, 0, 100)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
