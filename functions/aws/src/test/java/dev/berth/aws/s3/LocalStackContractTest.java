package dev.berth.aws.s3;

import dev.berth.registry.store.Objects;
import dev.berth.registry.store.ObjectsContract;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/** LocalStack's S3, where there is a container engine. */
@Testcontainers(disabledWithoutDocker = true)
class LocalStackContractTest extends ObjectsContract {

  // later ones want an account
  @Container
  private static final LocalStackContainer LOCALSTACK =
      new LocalStackContainer(DockerImageName.parse("localstack/localstack:4.14.0"))
          .withServices("s3");

  private static S3Fixture fixture;

  @BeforeAll
  static void makeBucket() {
    var user = AwsBasicCredentials.create(LOCALSTACK.getAccessKey(), LOCALSTACK.getSecretKey());
    fixture =
        S3Fixture.at(
                LOCALSTACK.getEndpoint(),
                Region.of(LOCALSTACK.getRegion()),
                StaticCredentialsProvider.create(user),
                "contract")
            .withNewBucket();
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @Override
  protected Objects objects() {
    return fixture.objects();
  }

  @Override
  protected URI linkSignedAt(Instant time, String key, Objects.Method method, Duration validity) {
    return fixture.linkSignedAt(time, key, method, validity);
  }
}
