package dev.berth.registry.store;

import dev.berth.core.oci.Digest;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The whole key layout, in one place. {@code a} is an account, {@code r} a repository's random id
 * (a repository that is deleted and made again never meets its old items), {@code d} a digest,
 * {@code k} an encryption key's ARN, or AES256. There is no secondary index.
 *
 * <pre>
 * item                                                        partition    sort
 * repository {id, settings, imageCount}                       R#a#name     -
 * its policy {text}                                           R#a#name     policy
 * its lifecycle policy {text, lastEvaluatedAt}                R#a#name     lifecycle
 * when its registry's default policy was run {policy, at}     R#a#name     evaluated
 * its resource tags {revision, value by key}                  R#a#name     tags
 * listing row of a repository                                 N#a          name
 * counts of a registry {repositories}                         Q#a          -
 * image {sizes, media types, times, counts, scan, state}      I#r          d
 * a tag of that image (sorts behind it)                       I#r          d#tag
 * tag {digest}                                                T#r          tag
 * manifest {bytes, or objectKey and children}                 M#r#d        -
 * layer link {objectKey, size, touchedAt, doomed}             L#r          d
 * blob {objectKey, size, refs, state}                         B#a#k#d      -
 * upload fence {version, state, ...}                          U#id         -
 * layer that comes from elsewhere {upload, hold, busyUntil}   A#r#d        account/region
 * referrer of a subject                                       F#r#subject  d
 * conversion {source, mediaType, tag}                         C#r          d
 * the same, to be found by its source                         C#r#source   d
 * replication of a push {push, status, attempts, due ...}     J#r          d#region#account#tag
 * one that has not ended, by when somebody has to look at it  J            due#r#d#region#account#tag
 * lifecycle policy preview {run, status, text, counts, time}  V#r          -
 * some results of its run, numbered from 0                    V#r          run#number
 * image that a step of a lifecycle run expires {line, state}  VE#r         step#wave#d
 * how often steps of lifecycle runs wrote these down {writes} VS#r         -
 * registry that has or had lifecycle policies                 V            a
 * that all of older versions are noted there                  V            -
 * blob without references, waiting for collection {since}     Z#a          k#d
 * the last run of garbage collection {ranAt, announced}       G            -
 * the generation of indexes that scans read {id, former}       SG           -
 * the last run of a daily rule of the local host {ranAt}      H            name
 * scan that has not ended, by when somebody has to look at it IS           due#r#d
 * work left to do                                             W            repository#r, image#r#d, grants#r or step#id
 * change whose events are to be published {change, at, tries} O#0..15      ULID
 * such a change whose events no bus took {change, reason}     D            the same
 * registry policy {text}                                      S#a          policy
 * lifecycle policy of repositories without their own {text}   S#a          lifecycle
 * replication configuration {rules, since, version}           S#a          replication
 * user {id, path, policies, keys}, in the home region's table P#a          user#name
 * role {id, path, policies, trust policy}, there too          P#a          role#name
 * customer managed policy {id, path, text, uses}, there too   P#a          policy#name
 * the last try to delete a service-linked role, there too     P#a          deletion#name
 * access key, of a session too {owner, secret}, there too     K#keyId      -
 * login of a principal of AWS that was taken, there too       X#hash       -
 * the deployment's secret, wrapped by KMS, there too          Y            -
 * what is to be deleted then, there too {its key}             E            seconds#pk#sk
 * </pre>
 *
 * Every item carries the number {@value #FORMAT_ATTRIBUTE}, its format version: readers accept
 * {@value #FORMAT} and the one before.
 */
public final class Keys {

  public static final String FORMAT_ATTRIBUTE = "v";
  public static final long FORMAT = 1;

  /** The sort key of an item that is alone in its partition. */
  private static final String ALONE = "-";

  private static final String REPOSITORY = "R#";
  private static final String SETTINGS = "S#";
  private static final String POLICY = "policy";
  private static final String TAGS = "tags";
  private static final String LIFECYCLE = "lifecycle";

  /** What the sort keys of an account's users begin with. */
  public static final String USERS = "user#";

  public static final String ROLES = "role#";
  public static final String POLICIES = "policy#";

  /** Records of changes are spread over so many partitions. */
  public static final int OUTBOX_SHARDS = 16;

  private Keys() {}

  /** What the partitions of repositories begin with, of all accounts. */
  public static String repositories() {
    return "R#";
  }

  public static Key repository(String account, String name) {
    return new Key(REPOSITORY + account + "#" + name, ALONE);
  }

  /** Whether an item of a repository's partition is the repository itself. */
  public static boolean isRepository(Key key) {
    return key.partition().startsWith(repositories()) && key.sort().equals(ALONE);
  }

  public static Key repositoryTags(String account, String name) {
    return new Key(REPOSITORY + account + "#" + name, TAGS);
  }

  public static Key repositoryPolicy(String account, String name) {
    return new Key(REPOSITORY + account + "#" + name, POLICY);
  }

  /** Whether it is the key of any repository's policy or resource tags. */
  public static boolean isRepositoryPolicyOrTags(Key key) {
    return key.partition().startsWith(REPOSITORY)
        && (key.sort().equals(POLICY) || key.sort().equals(TAGS));
  }

  /** Whether it is the key of any registry's policy. */
  public static boolean isRegistryPolicy(Key key) {
    return key.partition().startsWith(SETTINGS) && key.sort().equals(POLICY);
  }

  public static Key lifecyclePolicy(String account, String name) {
    return new Key(REPOSITORY + account + "#" + name, LIFECYCLE);
  }

  public static Key lifecycleEvaluation(String account, String name) {
    return new Key(REPOSITORY + account + "#" + name, "evaluated");
  }

  public static Key registryLifecyclePolicy(String account) {
    return new Key(SETTINGS + account, LIFECYCLE);
  }

  public static String lifecycleRegistries() {
    return "V";
  }

  public static Key lifecycleRegistry(String account) {
    return new Key(lifecycleRegistries(), account);
  }

  /** Sorts before the accounts. */
  public static Key allLifecycleRegistriesNoted() {
    return new Key(lifecycleRegistries(), ALONE);
  }

  /** What steps of lifecycle runs expire in a repository. */
  public static String expiring(String repositoryId) {
    return "VE#" + repositoryId;
  }

  /** What the sort keys of one step's images begin with. */
  public static String expiringPrefix(String step) {
    return step + "#";
  }

  /** In a partition of its own, as those of the steps come and go. */
  public static String expirationSteps(String repositoryId) {
    return "VS#" + repositoryId;
  }

  public static Key expirationStepCount(String repositoryId) {
    return new Key(expirationSteps(repositoryId), ALONE);
  }

  /** The step that such an image is of. */
  public static String expiringStep(Key key) {
    return key.sort().substring(0, key.sort().indexOf('#'));
  }

  /** A position behind all images of a step. */
  public static String behindExpiring(String step) {
    return step + (char) ('#' + 1);
  }

  /**
   * @param wave those of lower ones come first
   */
  public static Key expiring(String repositoryId, String step, int wave, Digest digest) {
    return new Key(
        expiring(repositoryId), "%s%010d#%s".formatted(expiringPrefix(step), wave, digest));
  }

  /** Of the preview, which sorts first, and the results of its run and of runs before it. */
  public static String preview(String repositoryId) {
    return "V#" + repositoryId;
  }

  public static Key previewOf(String repositoryId) {
    return new Key(preview(repositoryId), ALONE);
  }

  public static Key previewResults(String repositoryId, String run, int number) {
    return new Key(preview(repositoryId), "%s#%06d".formatted(run, number));
  }

  /** What the partitions of listing rows begin with, of all accounts. */
  public static String repositoryLists() {
    return "N#";
  }

  public static String repositoryList(String account) {
    return repositoryLists() + account;
  }

  public static Key repositoryListing(String account, String name) {
    return new Key(repositoryList(account), name);
  }

  public static Key registryCounts(String account) {
    return new Key("Q#" + account, ALONE);
  }

  public static String images(String repositoryId) {
    return "I#" + repositoryId;
  }

  public static Key image(String repositoryId, Digest digest) {
    return new Key(images(repositoryId), digest.toString());
  }

  /** What the sort keys of an image's tags begin with. */
  public static String imageTagPrefix(Digest digest) {
    return digest + "#";
  }

  public static Key imageTag(String repositoryId, Digest digest, String tag) {
    return new Key(images(repositoryId), imageTagPrefix(digest) + tag);
  }

  public static String tags(String repositoryId) {
    return "T#" + repositoryId;
  }

  public static Key tag(String repositoryId, String tag) {
    return new Key(tags(repositoryId), tag);
  }

  public static Key manifest(String repositoryId, Digest digest) {
    return new Key("M#" + repositoryId + "#" + digest, ALONE);
  }

  public static String layers(String repositoryId) {
    return "L#" + repositoryId;
  }

  public static Key layer(String repositoryId, Digest digest) {
    return new Key(layers(repositoryId), digest.toString());
  }

  /** What the partitions of blobs begin with, of all accounts. */
  public static String blobs() {
    return "B#";
  }

  public static Key blob(String account, String encryptionKey, Digest digest) {
    return new Key(blobs() + account + "#" + encryptionKey + "#" + digest, ALONE);
  }

  /** What the partitions of uploads begin with. */
  public static String uploads() {
    return "U#";
  }

  public static Key upload(String id) {
    return new Key(uploads() + id, ALONE);
  }

  /**
   * What is known of a layer on its way from another registry.
   *
   * @param account of that registry
   */
  public static Key arrival(String repositoryId, Digest digest, String account, String region) {
    return new Key("A#" + repositoryId + "#" + digest, account + "/" + region);
  }

  public static String referrers(String repositoryId, Digest subject) {
    return "F#" + repositoryId + "#" + subject;
  }

  public static Key referrer(String repositoryId, Digest subject, Digest referrer) {
    return new Key(referrers(repositoryId, subject), referrer.toString());
  }

  /** Digests that tags of converted images were answered with. */
  public static String conversions(String repositoryId) {
    return "C#" + repositoryId;
  }

  public static Key conversion(String repositoryId, Digest converted) {
    return new Key(conversions(repositoryId), converted.toString());
  }

  public static String conversionsOf(String repositoryId, Digest source) {
    return conversions(repositoryId) + "#" + source;
  }

  public static Key conversionOf(String repositoryId, Digest source, Digest converted) {
    return new Key(conversionsOf(repositoryId, source), converted.toString());
  }

  /** How far the pushes of a repository's images have come to other registries. */
  public static String replications(String repositoryId) {
    return "J#" + repositoryId;
  }

  /** What the sort keys of an image's replications begin with. */
  public static String replicationPrefix(Digest digest) {
    return digest + "#";
  }

  /**
   * @param tag empty for a push without one
   */
  public static Key replication(
      String repositoryId, Digest digest, String region, String account, String tag) {
    return new Key(
        replications(repositoryId),
        replicationPrefix(digest) + String.join("#", region, account, tag));
  }

  /** Replications that have not ended, of all repositories. */
  public static String openReplications() {
    return "J";
  }

  /** Sorts by the time. */
  public static Key openReplication(Instant due, String repositoryId, Key replication) {
    return new Key(
        openReplications(),
        String.join("#", replicationDue(due), repositoryId, replication.sort()));
  }

  /** What sorts before those that are due later. */
  public static String replicationDue(Instant due) {
    return "%012d".formatted(due.getEpochSecond());
  }

  /** Scans that have not ended, of all repositories. */
  public static String openScans() {
    return "IS";
  }

  /** Sorts by the time. */
  public static Key openScan(Instant due, String repositoryId, Digest digest) {
    return new Key(openScans(), String.join("#", scanDue(due), repositoryId, digest.toString()));
  }

  /** What sorts before those that are due later. */
  public static String scanDue(Instant due) {
    return "%012d".formatted(due.getEpochSecond());
  }

  /** What the partitions of blobs that wait for collection begin with, of all accounts. */
  public static String unreferencedBlobs() {
    return "Z#";
  }

  public static Key unreferencedBlob(String account, String encryptionKey, Digest digest) {
    return new Key(unreferencedBlobs() + account, encryptionKey + "#" + digest);
  }

  /** Where a blob waits for collection. */
  public static Key unreferencedBlobOf(Key blob) {
    String[] parts = blob.partition().substring(blobs().length()).split("#", 2);
    return new Key(unreferencedBlobs() + parts[0], parts[1]);
  }

  /** The blob that waits for collection under this key. */
  public static Key blobOf(Key unreferencedBlob) {
    String account = unreferencedBlob.partition().substring(unreferencedBlobs().length());
    return new Key(blobs() + account + "#" + unreferencedBlob.sort(), ALONE);
  }

  public static Key collection() {
    return new Key("G", ALONE);
  }

  public static Key currentGeneration() {
    return new Key("SG", ALONE);
  }

  /**
   * @param rule its name
   */
  public static Key dailyRun(String rule) {
    return new Key("H", rule);
  }

  public static String works() {
    return "W";
  }

  public static Key work(String what) {
    return new Key(works(), what);
  }

  /**
   * @param shard from 0, below {@link #OUTBOX_SHARDS}
   */
  public static String outbox(int shard) {
    return "O#" + shard;
  }

  /** The shard whose partition this is; empty for another's. */
  public static Optional<Integer> outboxShard(String partition) {
    return IntStream.range(0, OUTBOX_SHARDS)
        .boxed()
        .filter(shard -> outbox(shard).equals(partition))
        .findFirst();
  }

  public static Key outbox(int shard, String ulid) {
    return new Key(outbox(shard), ulid);
  }

  public static String deadLetters() {
    return "D";
  }

  /** Of the change that was written down under a key of the outbox. */
  public static Key deadLetter(Key change) {
    return new Key(deadLetters(), change.sort());
  }

  public static Key registryPolicy(String account) {
    return new Key(SETTINGS + account, POLICY);
  }

  public static Key replication(String account) {
    return new Key(SETTINGS + account, "replication");
  }

  public static String identities(String account) {
    return "P#" + account;
  }

  /** Users, roles and policies are named apart from each other whatever the case of the letters. */
  public static Key user(String account, String name) {
    return new Key(identities(account), USERS + name.toLowerCase(Locale.ROOT));
  }

  public static Key role(String account, String name) {
    return new Key(identities(account), ROLES + name.toLowerCase(Locale.ROOT));
  }

  /** Where a service-linked role was before names were apart whatever their case. */
  public static Key formerRole(String account, String name) {
    return new Key(identities(account), ROLES + name);
  }

  public static Key customerPolicy(String account, String name) {
    return new Key(identities(account), POLICIES + name.toLowerCase(Locale.ROOT));
  }

  public static Key accessKey(String id) {
    return new Key("K#" + id, ALONE);
  }

  /**
   * @param hash of the signature that was presented, in hex
   */
  public static Key takenLogin(String hash) {
    return new Key("X#" + hash, ALONE);
  }

  public static Key deploymentSecret() {
    return new Key("Y", ALONE);
  }

  public static String expirations() {
    return "E";
  }

  /** Sorts by the time. */
  public static Key expiration(Instant at, Key what) {
    return new Key(
        expirations(), "%012d#%s#%s".formatted(at.getEpochSecond(), what.partition(), what.sort()));
  }

  public static Key roleDeletion(String account, String name) {
    return new Key(identities(account), "deletion#" + name);
  }
}
