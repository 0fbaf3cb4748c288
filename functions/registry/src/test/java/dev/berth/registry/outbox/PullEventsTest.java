package dev.berth.registry.outbox;

import static dev.berth.registry.image.Registry.ACCOUNT;
import static dev.berth.registry.image.Registry.APP;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.MediaTypes;
import dev.berth.core.oci.Reference;
import dev.berth.core.oci.Reference.ByDigest;
import dev.berth.core.oci.Reference.ByTag;
import dev.berth.core.oci.Tag;
import dev.berth.events.EcrEvents;
import dev.berth.events.ImagePull;
import dev.berth.registry.image.ImageReader;
import dev.berth.registry.image.Registry;
import dev.berth.registry.image.StoredManifest;
import dev.berth.registry.outbox.Change.Pulled;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.ForwardingTable;
import dev.berth.registry.store.Outcome;
import dev.berth.registry.store.StoreException;
import dev.berth.registry.store.Table;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which pulls are told, and what that costs. */
class PullEventsTest {

  private static final String ROLE = "arn:aws:sts::123456789012:assumed-role/deploy/run-1";
  private static final Tag LATEST = new Tag("latest");

  private final Registry registry = new Registry();
  private final RecordingBus bus = new RecordingBus();
  private final Drainer drainer =
      new Drainer(registry.table, bus, "us-west-2", "aws.ecr", registry.clock);
  private int writes;

  /** Counts what is written, and fails as it is told to. */
  private final class WatchedTable extends ForwardingTable {

    private final boolean failing;

    WatchedTable(boolean failing) {
      super(registry.table);
      this.failing = failing;
    }

    @Override
    public Outcome transact(List<Action> actions) {
      writes++;
      if (failing) {
        throw new StoreException("throttled");
      }
      return super.transact(actions);
    }
  }

  private StoredManifest pull(PullEvents events, Reference reference, Predicate<String> accepted) {
    var images =
        new ImageReader(
            registry.table,
            registry.objects,
            registry.reader,
            registry.conversions,
            events,
            registry.clock);
    return images.pull(ACCOUNT, APP, reference, accepted, ROLE);
  }

  private StoredManifest pull(Reference reference) {
    return pull(in(registry.table), reference, any -> true);
  }

  private PullEvents in(Table table) {
    return PullEvents.in(table, registry.clock);
  }

  private Digest pushed() {
    Digest digest = registry.push(registry.image("one"), LATEST.value()).digest();
    drainer.run();
    bus.take();
    return digest;
  }

  private List<ImagePull> told() {
    drainer.run();
    return bus.take().stream().map(ImagePull.class::cast).toList();
  }

  @Test
  void aPullByTagIsToldWithTheTagAndWhoPulled() {
    Digest digest = pushed();

    pull(new ByTag(LATEST));

    ImagePull event = told().getFirst();
    assertThat(EcrEvents.write(event))
        .isEqualTo(
            """
            {"version":"0","id":"%s","detail-type":"Image Pull","source":"dev.berth",\
            "account":"123456789012","time":"2026-01-01T00:00:00Z","region":"us-west-2",\
            "resources":["arn:aws:ecr:us-west-2:123456789012:repository/team/app"],\
            "detail":{"result":"SUCCESS","repository-name":"team/app","image-digest":"%s",\
            "action-type":"PULL","image-tag":"latest","principal":"%s"}}\
            """
                .formatted(event.envelope().id(), digest, ROLE));
  }

  @Test
  void aPullByDigestIsToldWithoutATag() {
    Digest digest = pushed();

    pull(new ByDigest(digest));

    assertThat(told())
        .singleElement()
        .satisfies(event -> assertThat(event.imageTag()).isEmpty())
        .satisfies(event -> assertThat(event.imageDigest()).isEqualTo(digest.toString()));
  }

  @Test
  void thePullOfAConvertedManifestIsToldAsThatOfItsImage() {
    Digest digest = pushed();

    StoredManifest converted =
        pull(in(registry.table), new ByTag(LATEST), MediaTypes.DOCKER_IMAGE::equals);
    pull(new ByDigest(converted.digest()));

    assertThat(converted.digest()).isNotEqualTo(digest);
    assertThat(told())
        .hasSize(2)
        .allSatisfy(event -> assertThat(event.imageDigest()).isEqualTo(digest.toString()));
  }

  @Test
  void eachPullIsTold() {
    pushed();

    IntStream.range(0, 3).forEach(i -> pull(new ByTag(LATEST)));

    assertThat(told())
        .hasSize(3)
        .extracting(event -> event.envelope().id())
        .doesNotHaveDuplicates();
  }

  @Test
  void theManifestThatIsOnlyLookedAtIsNotPulled() {
    pushed();

    registry.images.look(ACCOUNT, APP, new ByTag(LATEST));

    assertThat(told()).isEmpty();
  }

  @Test
  void whereTheyAreNotWantedPullsAreNotTold() {
    pushed();

    pull(PullEvents.none(), new ByTag(LATEST), any -> true);

    assertThat(told()).isEmpty();
  }

  @Test
  void thePullsOfOneRequestAreOneWrite() {
    List<Pulled> pulls =
        IntStream.range(0, Table.MOST)
            .mapToObj(i -> new Pulled(digest(i), Optional.empty(), ROLE))
            .toList();

    in(new WatchedTable(false)).tell(ACCOUNT, APP, pulls);
    in(new WatchedTable(false)).tell(ACCOUNT, APP, List.of());

    assertThat(writes).isEqualTo(1);
    assertThat(told()).hasSize(Table.MOST);
  }

  @Test
  void aPullThatCannotBeToldIsAnsweredAllTheSame() {
    Digest digest = pushed();

    StoredManifest manifest = pull(in(new WatchedTable(true)), new ByTag(LATEST), any -> true);

    assertThat(manifest.digest()).isEqualTo(digest);
    assertThat(writes).isEqualTo(1);
    assertThat(told()).isEmpty();
  }

  private static Digest digest(int number) {
    return Digest.sha256(Integer.toString(number).getBytes(UTF_8));
  }
}
