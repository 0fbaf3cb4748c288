package dev.berth.registry.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.core.audit.AuditRecord;
import dev.berth.core.conversion.ManifestSigner;
import dev.berth.core.oci.Algorithm;
import dev.berth.core.oci.Digest;
import dev.berth.core.oci.ManifestReader;
import dev.berth.core.oci.MediaTypes;
import dev.berth.core.oci.RepositoryName;
import dev.berth.core.oci.Tag;
import dev.berth.core.quota.Quotas;
import dev.berth.core.replication.PeerSecret.Source;
import dev.berth.core.secret.DeploymentSecret;
import dev.berth.core.secret.DeploymentSecret.Purpose;
import dev.berth.registry.encryption.Encryption;
import dev.berth.registry.encryption.KeyArn;
import dev.berth.registry.encryption.MemoryKeys;
import dev.berth.registry.image.ImagePush.Push;
import dev.berth.registry.image.ImagePush.Pushed;
import dev.berth.registry.image.IncomingImages.Replicated;
import dev.berth.registry.layer.Blob;
import dev.berth.registry.layer.LayerLink;
import dev.berth.registry.layer.Layers;
import dev.berth.registry.lifecycle.ExpirationAudit;
import dev.berth.registry.lifecycle.ExpirationSteps;
import dev.berth.registry.outbox.PullEvents;
import dev.berth.registry.repository.Repositories;
import dev.berth.registry.repository.Repository;
import dev.berth.registry.repository.Repository.Settings;
import dev.berth.registry.repository.Repository.TagMutability;
import dev.berth.registry.repository.RepositoryReader;
import dev.berth.registry.scan.Scans;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.MemoryObjects;
import dev.berth.registry.store.MemoryTable;
import dev.berth.registry.store.Table;
import dev.berth.registry.sweep.Sweeper;
import dev.berth.registry.upload.PartSizes;
import dev.berth.registry.upload.Uploads;
import dev.berth.registry.work.Work.DeleteImage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** A registry in memory with one repository, for tests: services, and images to push. */
public final class Registry {

  public static final String ACCOUNT = "123456789012";
  public static final RepositoryName APP = new RepositoryName("team/app");

  public final MemoryTable table = new MemoryTable();
  public final MemoryKeys keys = new MemoryKeys();
  public final MemoryObjects objects = new MemoryObjects(1, keys);
  public Instant now = Instant.parse("2026-01-01T00:00:00Z");
  public final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
  public final Repositories repositories = new Repositories(table, keys, clock, Quotas.standard());
  public final RepositoryReader reader = new RepositoryReader(table);
  public final ImagePush push = new ImagePush(table, objects, reader, clock, Quotas.standard());
  public final Layers layers = new Layers(table, reader, keys, clock);
  public final IncomingImages replication = new IncomingImages(push, layers);
  public final Conversions conversions = conversions(table);
  public final ImageReader images =
      new ImageReader(table, objects, reader, conversions, PullEvents.none(), clock);
  public final ImageDeletion deletion = new ImageDeletion(table, objects, reader, clock);
  public final TagDeletion tags = new TagDeletion(table, reader, deletion);
  public final ImageListing listing = new ImageListing(table, reader);
  public final Referrers referrers = new Referrers(table, objects, reader);
  public final Scans scans = new Scans(new ScanRecords(table, reader), objects, clock);

  /** What lifecycle policies expired, as it was recorded. */
  public final List<AuditRecord> records = new ArrayList<>();

  public final ExpirationSteps steps =
      new ExpirationSteps(
          table, deletion, new ExpirationAudit(records::add, "us-west-2", clock), clock);
  public final Sweeper sweeper = new Sweeper(table, objects, deletion, steps, keys, clock, clock);

  /** Over another table, such as one that makes races. */
  Conversions conversions(Table other) {
    var others = new RepositoryReader(other);
    var secret = new DeploymentSecret(List.of(new DeploymentSecret.Key("a", new byte[32])));
    var uploads =
        new Uploads(
            other,
            objects,
            others,
            keys,
            secret.sealer(Purpose.UPLOAD_STATE),
            clock,
            PartSizes.defaults(),
            Quotas.standard());
    return new Conversions(
        new Layers(other, others, keys, clock),
        uploads,
        objects,
        new ManifestSigner(secret.key(Purpose.MANIFEST_SIGNATURE)));
  }

  public Registry() {
    repositories.create(ACCOUNT, APP, Settings.defaults(), Map.of());
  }

  /** Makes the repository anew, with a key. */
  public KeyArn encryptApp() {
    KeyArn key = keys.defaultKey(ACCOUNT);
    repositories.delete(ACCOUNT, APP, true);
    var settings = new Settings(TagMutability.MUTABLE, false, new Encryption.Kms(key));
    repositories.create(ACCOUNT, APP, settings, Map.of());
    return key;
  }

  public void passes(Duration time) {
    now = now.plus(time);
  }

  /** A layer of this content, linked from the repository. */
  public Digest layer(String content) {
    return layer(content.getBytes(UTF_8));
  }

  /** The same; whoever wants to read it puts the object under {@code layers/<hex>}. */
  public Digest layer(byte[] content) {
    Repository repository = reader.require(ACCOUNT, APP);
    Digest digest = Digest.sha256(content);
    var link =
        new LayerLink(digest, "layers/" + digest.hex(), content.length, now, Optional.empty());
    var blobKey = Keys.blob(ACCOUNT, repository.encryptionKey(), digest);
    table.transact(
        Action.put(link.toItem(repository.id())),
        Action.put(Blob.first(link.objectKey(), link.size()).toItem(blobKey)));
    return digest;
  }

  /** The text of an image manifest with one layer; the layer and a config are in the repository. */
  public String image(String content) {
    return image(content, "");
  }

  /**
   * @param more members, each with a leading comma
   */
  public String image(String content, String more) {
    return manifest(layer("config of " + content), layer(content), more);
  }

  public static String manifest(Digest config, Digest layer, String more) {
    return """
    {"schemaVersion":2,"mediaType":"%s",
     "config":{"mediaType":"%s","digest":"%s","size":10},
     "layers":[{"mediaType":"%s","digest":"%s","size":90}]%s}\
    """
        .formatted(
            MediaTypes.OCI_IMAGE, MediaTypes.OCI_CONFIG, config, MediaTypes.OCI_LAYER, layer, more);
  }

  public static String index(Digest... children) {
    String list =
        Arrays.stream(children)
            .map(
                child ->
                    "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":5}"
                        .formatted(MediaTypes.OCI_IMAGE, child))
            .collect(Collectors.joining(","));
    return "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s]}"
        .formatted(MediaTypes.OCI_INDEX, list);
  }

  public static String referringTo(Digest subject) {
    return ",\"subject\":{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":5}"
        .formatted(MediaTypes.OCI_IMAGE, subject);
  }

  public Pushed push(String manifest) {
    return push(manifest, Optional.empty());
  }

  public Pushed push(String manifest, String tag) {
    return push(manifest, Optional.of(new Tag(tag)));
  }

  private Pushed push(String manifest, Optional<Tag> tag) {
    byte[] bytes = manifest.getBytes(UTF_8);
    return push.push(
        ACCOUNT,
        APP,
        new Push(bytes, ManifestReader.read(bytes, Optional.empty()), Algorithm.SHA256, tag));
  }

  /** As another registry brings it. */
  public Replicated replicate(String manifest, String tag) {
    byte[] bytes = manifest.getBytes(UTF_8);
    var read = ManifestReader.read(bytes, Optional.empty());
    var brought = new Push(bytes, read, Algorithm.SHA256, Optional.of(new Tag(tag)));
    return replication.replicate(ACCOUNT, APP, brought, new Source("111122223333", "eu-west-1"));
  }

  public long imageCount() {
    return reader.require(ACCOUNT, APP).imageCount();
  }

  /** As a crash leaves it: the image is hidden, and nothing else has happened. */
  public void breakOffDeletion(Digest digest) {
    String repositoryId = reader.require(ACCOUNT, APP).id();
    var work = new DeleteImage(ACCOUNT, APP, repositoryId, digest);
    table.transact(
        Action.update(Keys.image(repositoryId, digest))
            .set(ImageItem.STATE, Image.State.DELETING.name())
            .set(ImageItem.DELETION, UUID.randomUUID().toString())
            .when(Condition.present()),
        Action.put(work.item(now)));
  }
}
