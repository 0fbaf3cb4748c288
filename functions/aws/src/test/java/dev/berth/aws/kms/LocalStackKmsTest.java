package dev.berth.aws.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.RegistryException.KmsFailed;
import dev.berth.registry.encryption.KeyArn;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.localstack.LocalStackContainer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.GrantListEntry;

/** LocalStack's KMS, where there is a container engine. */
@Testcontainers(disabledWithoutDocker = true)
class LocalStackKmsTest {

  private static final String ACCOUNT = "000000000000";

  @Container
  private static final LocalStackContainer LOCAL_STACK =
      new LocalStackContainer("localstack/localstack:4.14.0").withServices("kms");

  private static KmsClient client;
  private static AwsKms kms;

  @BeforeAll
  static void connect() {
    var user = AwsBasicCredentials.create(LOCAL_STACK.getAccessKey(), LOCAL_STACK.getSecretKey());
    client =
        KmsClient.builder()
            .endpointOverride(LOCAL_STACK.getEndpoint())
            .region(Region.of(LOCAL_STACK.getRegion()))
            .credentialsProvider(StaticCredentialsProvider.create(user))
            .build();
    var settings =
        new AwsKms.Settings(LOCAL_STACK.getRegion(), Optional.empty(), "alias/berth/ecr");
    kms = new AwsKms(client, settings, Clock.systemUTC());
  }

  @AfterAll
  static void close() {
    client.close();
  }

  @Test
  void theDefaultKeyIsMadeOnceGrantedAndRetired() {
    KeyArn key = kms.defaultKey(ACCOUNT);
    assertThat(kms.defaultKey(ACCOUNT)).isEqualTo(key);

    kms.grant(key, "r1", "arn:aws:ecr:us-east-1:000000000000:repository/app");
    kms.grant(key, "r1", "arn:aws:ecr:us-east-1:000000000000:repository/app");
    assertThat(grants(key)).containsExactlyInAnyOrder("berth:r1:encrypt", "berth:r1:decrypt");

    kms.retire(key, "r1");
    assertThat(grants(key)).isEmpty();
  }

  @Test
  void aDisabledKeyAndOneThatIsNotThereAreRefused() {
    String id = client.createKey().keyMetadata().keyId();
    client.disableKey(r -> r.keyId(id));

    assertThatThrownBy(() -> kms.describe(ACCOUNT, id)).isInstanceOf(KmsFailed.class);
    assertThatThrownBy(() -> kms.describe(ACCOUNT, "alias/none")).isInstanceOf(KmsFailed.class);
  }

  private static List<String> grants(KeyArn key) {
    return client.listGrants(r -> r.keyId(key.toString())).grants().stream()
        .map(GrantListEntry::name)
        .toList();
  }
}
