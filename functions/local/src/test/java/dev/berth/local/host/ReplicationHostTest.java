package dev.berth.local.host;

import static dev.berth.local.host.ReplicatingHost.ACCOUNT;
import static dev.berth.local.host.ReplicatingHost.EAST;
import static dev.berth.local.host.ReplicatingHost.OTHER;
import static dev.berth.local.host.ReplicatingHost.WEST;
import static dev.berth.local.host.ReplicatingHost.WEST_1;
import static dev.berth.local.host.ReplicatingHost.destination;
import static dev.berth.local.host.ReplicatingHost.layer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.MediaTypes;
import dev.berth.events.ReplicationAction;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;

/** The guide's examples of replication, over HTTP between the regions of one host. */
@Timeout(180)
class ReplicationHostTest {

  private static final Optional<String> LATEST = Optional.of("latest");

  /** Registry permissions, "Allow the root user of a source account to replicate all". */
  private static final String POLICY =
      """
      {"Version":"2012-10-17","Statement":[{"Sid":"ReplicationAccessCrossAccount",\
      "Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},\
      "Action":["ecr:CreateRepository","ecr:ReplicateImage"],\
      "Resource":["arn:aws:ecr:us-west-2:444455556666:repository/*"]}]}\
      """;

  @TempDir Path data;
  private ReplicatingHost regions;

  @BeforeEach
  void start() throws Exception {
    regions = new ReplicatingHost(data);
    regions.ecr(ACCOUNT, EAST).createRepository(r -> r.repositoryName("team/app"));
  }

  @AfterEach
  void stop() {
    regions.close();
  }

  @Test
  void crossRegionReplicationToASingleDestination() throws Exception {
    regions.replicate(EAST, destination(ACCOUNT, WEST));
    byte[] large = new byte[7 << 20];
    new Random(1).nextBytes(large);

    Digest image = regions.push(EAST, "team/app", LATEST, layer("config"), large);

    ReplicationAction event = regions.event();
    assertThat(event.result()).isEqualTo("SUCCESS");
    assertThat(event.envelope().region()).isEqualTo(WEST);
    assertThat(event.sourceRegion()).isEqualTo(EAST);
    assertThat(event.imageTag()).isEqualTo(LATEST);
    assertThat(regions.ended(EAST, "team/app", image))
        .containsExactly("us-west-2 111122223333 COMPLETE -");
    var manifest = regions.pull(ACCOUNT, WEST, "team/app/manifests/" + image);
    assertThat(manifest.statusCode()).isEqualTo(200);
    assertThat(Digest.sha256(manifest.body())).isEqualTo(image);
    assertThat(regions.pull(ACCOUNT, WEST, "team/app/manifests/latest").body())
        .isEqualTo(manifest.body());
    assertThat(regions.pull(ACCOUNT, WEST, "team/app/blobs/" + Digest.sha256(large)).body())
        .isEqualTo(large);
  }

  @Test
  void crossRegionReplicationToMultipleDestinations() throws Exception {
    regions.replicate(EAST, destination(ACCOUNT, WEST_1), destination(ACCOUNT, WEST));

    Digest image = regions.push(EAST, "team/app", LATEST, layer("one"));

    assertThat(Stream.of(regions.event(), regions.event()))
        .extracting(event -> event.envelope().region())
        .containsExactlyInAnyOrder(WEST_1, WEST);
    assertThat(regions.ended(EAST, "team/app", image))
        .containsExactly("us-west-1 111122223333 COMPLETE -", "us-west-2 111122223333 COMPLETE -");
    for (String region : List.of(WEST_1, WEST)) {
      assertThat(regions.pull(ACCOUNT, region, "team/app/manifests/" + image).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void crossAccountReplicationFailsVisiblyUntilAPolicyGrantsItAndIsRedriven() throws Exception {
    regions.replicate(EAST, destination(OTHER, WEST));
    Digest image = regions.push(EAST, "team/app", LATEST, layer("one"));

    ReplicationAction failure = regions.event();
    assertThat(failure.result()).isEqualTo("FAILURE");
    assertThat(failure.envelope().region()).isEqualTo(EAST);
    assertThat(failure.envelope().resources())
        .containsExactly("arn:aws:ecr:us-west-2:444455556666:repository/team/app");
    assertThat(regions.ended(EAST, "team/app", image))
        .containsExactly("us-west-2 444455556666 FAILED AccessDeniedException");

    EcrClient other = regions.ecr(OTHER, WEST);
    other.putRegistryPolicy(r -> r.policyText(POLICY));
    redrive();

    assertThat(regions.event().result()).isEqualTo("SUCCESS");
    assertThat(regions.ended(EAST, "team/app", image))
        .containsExactly("us-west-2 444455556666 COMPLETE -");
    assertThat(regions.pull(OTHER, WEST, "team/app/manifests/" + image).statusCode())
        .isEqualTo(200);
    var repository = other.describeRepositories().repositories().getFirst();
    assertThat(repository.imageTagMutability()).isEqualTo(ImageTagMutability.MUTABLE);
  }

  /** The letter is written a moment after the failure is told, and the policy acts within 5 s. */
  private void redrive() {
    long redriven = 0;
    while (redriven == 0) {
      redriven =
          new Maintenance(data)
              .redrive(Optional.of("us-east-1/replication-attempt")).stream()
                  .mapToLong(Redriven::events)
                  .sum();
    }
  }

  @Test
  void withoutCreateRepositoryTheRepositoryHasToBeThere() throws Exception {
    EcrClient other = regions.ecr(OTHER, WEST);
    other.putRegistryPolicy(r -> r.policyText(POLICY.replace("\"ecr:CreateRepository\",", "")));
    regions.replicate(EAST, destination(OTHER, WEST));
    Digest image = regions.push(EAST, "team/app", LATEST, layer("one"));
    assertThat(regions.event().result()).isEqualTo("FAILURE");
    assertThat(regions.ended(EAST, "team/app", image))
        .containsExactly("us-west-2 444455556666 FAILED AccessDeniedException");

    other.createRepository(r -> r.repositoryName("team/app"));
    redrive();

    assertThat(regions.event().result()).isEqualTo("SUCCESS");
    assertThat(regions.pull(OTHER, WEST, "team/app/manifests/" + image).statusCode())
        .isEqualTo(200);
  }

  @Test
  void layersAreCopiedToAnotherAccountOfTheRegion() throws Exception {
    regions
        .ecr(OTHER, EAST)
        .putRegistryPolicy(r -> r.policyText(POLICY.replace("us-west-2", EAST)));
    regions.replicate(EAST, destination(OTHER, EAST));

    Digest image = regions.push(EAST, "team/app", LATEST, layer("one"), layer("two"));

    assertThat(regions.event().result()).isEqualTo("SUCCESS");
    assertThat(regions.ended(EAST, "team/app", image))
        .containsExactly("us-east-1 444455556666 COMPLETE -");
    assertThat(regions.pull(OTHER, EAST, "team/app/blobs/" + Digest.sha256(layer("two"))).body())
        .isEqualTo(layer("two"));
  }

  @Test
  void anImageTakesOneHopAndItsDeletionNone() throws Exception {
    regions.replicate(EAST, destination(ACCOUNT, WEST));
    regions.replicate(WEST, destination(ACCOUNT, WEST_1));
    Digest first = regions.push(EAST, "team/app", LATEST, layer("one"));
    regions.event();
    regions.ended(EAST, "team/app", first);

    // behind whose event no other of the first image can be
    Digest second = regions.push(WEST, "team/app", Optional.of("own"), layer("two"));
    ReplicationAction event = regions.event();

    assertThat(event.imageDigest()).isEqualTo(second.toString());
    assertThat(regions.statuses(WEST, "team/app", first)).isEmpty();
    assertThat(regions.pull(ACCOUNT, WEST_1, "team/app/manifests/" + first).statusCode())
        .isEqualTo(404);

    regions
        .ecr(ACCOUNT, EAST)
        .batchDeleteImage(
            r ->
                r.repositoryName("team/app")
                    .imageIds(ImageIdentifier.builder().imageDigest(first.toString()).build()));
    assertThat(regions.pull(ACCOUNT, WEST, "team/app/manifests/" + first).statusCode())
        .isEqualTo(200);
  }

  @Test
  void anIndexArrivesWholeAndItsReferrersComeAlong() throws Exception {
    Digest child = regions.push(EAST, "team/app", Optional.empty(), layer("amd64"));
    Digest index = Digest.sha256(ReplicatingHost.index(child).getBytes(UTF_8));
    regions.upload(EAST, "team/app", layer("signature"));
    String subject = ",\"subject\":" + ReplicatingHost.descriptor(MediaTypes.OCI_INDEX, index, 500);
    Digest signature =
        regions.put(
            EAST,
            "team/app",
            Optional.empty(),
            ReplicatingHost.manifest(subject, layer("signature")));
    regions.replicate(EAST, destination(ACCOUNT, WEST));

    regions.put(EAST, "team/app", LATEST, ReplicatingHost.index(child));

    assertThat(regions.ended(EAST, "team/app", index))
        .containsExactly("us-west-2 111122223333 COMPLETE -");
    for (Digest each : List.of(child, index, signature)) {
      assertThat(regions.pull(ACCOUNT, WEST, "team/app/manifests/" + each).statusCode())
          .as(each.toString())
          .isEqualTo(200);
    }
    assertThat(new String(regions.pull(ACCOUNT, WEST, "team/app/referrers/" + index).body(), UTF_8))
        .contains(signature.toString());
  }

  @Test
  void aTagThatIsImmutableThereStaysAndTheImageComesWithout() throws Exception {
    EcrClient west = regions.ecr(ACCOUNT, WEST);
    west.createRepository(
        r -> r.repositoryName("team/app").imageTagMutability(ImageTagMutability.IMMUTABLE));
    Digest there = regions.push(WEST, "team/app", LATEST, layer("there"));
    regions.replicate(EAST, destination(ACCOUNT, WEST));

    Digest image = regions.push(EAST, "team/app", LATEST, layer("one"));

    assertThat(regions.event().imageTag()).isEmpty();
    assertThat(regions.ended(EAST, "team/app", image))
        .containsExactly("us-west-2 111122223333 COMPLETE -");
    assertThat(regions.pull(ACCOUNT, WEST, "team/app/manifests/" + image).statusCode())
        .isEqualTo(200);
    assertThat(Digest.sha256(regions.pull(ACCOUNT, WEST, "team/app/manifests/latest").body()))
        .isEqualTo(there);
  }

  @Test
  void aRegionThatTheHostDoesNotServeFails() throws Exception {
    regions.replicate(EAST, destination(ACCOUNT, "eu-west-1"));

    Digest image = regions.push(EAST, "team/app", LATEST, layer("one"));

    assertThat(regions.event().result()).isEqualTo("FAILURE");
    assertThat(regions.ended(EAST, "team/app", image))
        .containsExactly("eu-west-1 111122223333 FAILED RegionNotConfiguredException");
  }
}
