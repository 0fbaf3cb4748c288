package dev.berth.local.host;

import static dev.berth.local.host.ReplicatingHost.ACCOUNT;
import static dev.berth.local.host.ReplicatingHost.EAST;
import static dev.berth.local.host.ReplicatingHost.WEST;
import static dev.berth.local.host.ReplicatingHost.destination;
import static dev.berth.local.host.ReplicatingHost.layer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.oci.Digest;
import dev.berth.local.host.HostSettings.TlsFiles;
import dev.berth.local.http.SelfSigned;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;

/** Regions behind a certificate that nobody else has signed, and names that lead nowhere here. */
@Timeout(120)
class SecureReplicationTest {

  private static final RegistryHost ELSEWHERE =
      new RegistryHost("{account}.dkr.ecr.{region}.example.invalid");

  @TempDir Path directory;

  @Test
  void regionsReachEachOtherAtTheirListeners() throws Exception {
    SelfSigned certificate = SelfSigned.in(directory);
    Path data = Files.createDirectory(directory.resolve("data"));
    try (var regions =
        new ReplicatingHost(
            data, settings -> secured(settings, certificate), Optional.of(certificate))) {
      regions.ecr(ACCOUNT, EAST).createRepository(r -> r.repositoryName("app"));
      regions.replicate(EAST, destination(ACCOUNT, WEST));

      Digest image = regions.push(EAST, "app", Optional.of("v1"), layer("one"), layer("two"));

      assertThat(regions.event().result()).isEqualTo("SUCCESS");
      assertThat(regions.ended(EAST, "app", image))
          .containsExactly("us-west-2 111122223333 COMPLETE -");
      var id = ImageIdentifier.builder().imageDigest(image.toString()).build();
      assertThat(
              regions
                  .ecr(ACCOUNT, WEST)
                  .batchGetImage(r -> r.repositoryName("app").imageIds(id))
                  .images())
          .hasSize(1);
    }
  }

  private static HostSettings secured(HostSettings plain, SelfSigned certificate) {
    return new HostSettings(
        plain.address(),
        plain.port(),
        plain.data(),
        plain.regions(),
        plain.accounts(),
        ELSEWHERE,
        Optional.of(new TlsFiles(certificate.certificate(), certificate.key())),
        plain.rootKey(),
        plain.stores(),
        plain.limits(),
        plain.auditDays(),
        plain.awsLogin(),
        plain.rules(),
        plain.pullEvents(),
        plain.dailyFeeds(),
        plain.clock(),
        plain.peers());
  }
}
