package dev.berth.samples.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.EcrClient;

/** {@code ./berth up --rules FILE}, and a client of its API. */
final class LocalRegistry implements AutoCloseable {

  private static final String KEY = "AKIASAMPLECONSUMER00";
  private static final String SECRET = "a-secret-of-the-test";
  private static final String REPOSITORY = "team/app";

  private final Process process;
  private final BufferedReader out;
  private final EcrClient ecr;

  /**
   * @param webhook for functions that rules name
   */
  LocalRegistry(Path directory, Path rules, String webhook) throws IOException {
    var builder =
        new ProcessBuilder(
            launcher(),
            "up",
            "--port",
            "0",
            "--data",
            directory.resolve("data").toString(),
            "--rules",
            rules.toString());
    builder.environment().put("BERTH_ROOT_ACCESS_KEY_ID", KEY);
    builder.environment().put("BERTH_ROOT_SECRET_ACCESS_KEY", SECRET);
    builder.environment().put("WEBHOOK_URL", webhook);
    builder.redirectError(directory.resolve("berth.log").toFile());
    process = builder.start();
    out = process.inputReader();
    String ready = out.readLine();
    assertThat(ready).as(Files.readString(directory.resolve("berth.log"))).startsWith("ready ");
    ecr = client(URI.create(ready.substring("ready ".length())));
    ecr.createRepository(r -> r.repositoryName(REPOSITORY));
  }

  private static String launcher() {
    Path launcher = Path.of(System.getProperty("berth.launcher", "../../berth")).normalize();
    assumeTrue(Files.isExecutable(launcher), () -> "no launcher at " + launcher);
    return launcher.toAbsolutePath().toString();
  }

  private static EcrClient client(URI endpoint) {
    return EcrClient.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, SECRET)))
        .build();
  }

  /** Pushes an image of one layer, another for each tag, by the API; its digest. */
  String push(String tag) {
    byte[] bytes = ("layer of " + tag).getBytes(UTF_8);
    String layer = digest(bytes);
    pushLayer(layer, bytes);
    String manifest =
        """
        {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",
         "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"%1$s","size":%2$d},
         "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"%1$s","size":%2$d}]}
        """
            .formatted(layer, bytes.length);
    return ecr.putImage(r -> r.repositoryName(REPOSITORY).imageManifest(manifest).imageTag(tag))
        .image()
        .imageId()
        .imageDigest();
  }

  private void pushLayer(String digest, byte[] bytes) {
    String upload = ecr.initiateLayerUpload(r -> r.repositoryName(REPOSITORY)).uploadId();
    ecr.uploadLayerPart(
        r ->
            r.repositoryName(REPOSITORY)
                .uploadId(upload)
                .partFirstByte(0L)
                .partLastByte(bytes.length - 1L)
                .layerPartBlob(SdkBytes.fromByteArray(bytes)));
    ecr.completeLayerUpload(
        r -> r.repositoryName(REPOSITORY).uploadId(upload).layerDigests(digest));
  }

  private static String digest(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return "sha256:" + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    ecr.close();
    process.destroy();
    process.onExit().completeOnTimeout(process, 60, TimeUnit.SECONDS).join();
    process.destroyForcibly();
    out.close();
  }
}
