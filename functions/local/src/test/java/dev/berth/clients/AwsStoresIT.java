package dev.berth.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import dev.berth.aws.dynamodb.DynamoDbLocal;
import dev.berth.aws.s3.S3ProxyServer;
import dev.berth.core.oci.Digest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./berth up --table dynamodb --objects s3}, told where they are by AWS's own variables. */
class AwsStoresIT {

  @TempDir Path home;

  @Test
  void anImageIsPushedToTheBucketAndPulledFromIt() throws Exception {
    Path bucket = Files.createDirectory(home.resolve("s3"));
    try (var database = new DynamoDbLocal();
        var s3 = new S3ProxyServer(bucket);
        var berth =
            Berth.in(home, environment(database, s3), "--table", "dynamodb", "--objects", "s3")) {
      berth.createRepository("base");
      berth.createRepository("app");
      Path file = Files.write(home.resolve("file"), new byte[1_000_000]);

      push(
          Jib.fromScratch().addLayer(List.of(file), AbsoluteUnixPath.get("/")),
          image(berth, "base:1"));
      JibContainer app =
          push(Jib.from(image(berth, "base:1")).addLabel("made-by", "jib"), image(berth, "app:1"));

      assertThat(app.getDigest().toString())
          .isEqualTo(Digest.sha256(RawClient.manifest(berth, "app", "1")).toString());
      assertThat(bucket.resolve("berth-us-east-1")).isNotEmptyDirectory();
      assertThat(home.resolve("data")).isDirectoryNotContaining("regex:.*table\\.db");
    }
  }

  private static Map<String, String> environment(DynamoDbLocal database, S3ProxyServer s3) {
    return Map.of(
        "AWS_ENDPOINT_URL_DYNAMODB",
        database.endpoint().toString(),
        "AWS_ENDPOINT_URL_S3",
        s3.endpoint().toString(),
        "AWS_ACCESS_KEY_ID",
        S3ProxyServer.ACCESS_KEY,
        "AWS_SECRET_ACCESS_KEY",
        S3ProxyServer.SECRET);
  }

  /** The pull of a base goes by the bucket's link, as nothing is in the caches. */
  private JibContainer push(JibContainerBuilder image, RegistryImage target) throws Exception {
    return image.containerize(
        Containerizer.to(target)
            .setAllowInsecureRegistries(true)
            .setBaseImageLayersCache(Files.createTempDirectory(home, "base"))
            .setApplicationLayersCache(Files.createTempDirectory(home, "app")));
  }

  private static RegistryImage image(RegistryUnderTest registry, String name) throws Exception {
    return RegistryImage.named(registry.host() + "/" + name)
        .addCredential(registry.user(), registry.password());
  }
}
