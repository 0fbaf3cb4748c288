package dev.berth.clients;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.clients.CrashPusher.Attempt;
import dev.berth.core.oci.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What of the pushes before a crash is there after it, and what is wrong with that. */
final class Aftermath {

  private final RawClient client;
  private final List<String> faults = new ArrayList<>();
  private int whole;

  Aftermath(RawClient client) {
    this.client = client;
  }

  /** Each in one sentence that names the image or blob. */
  List<String> faults() {
    return faults;
  }

  /** How many pushes that were never acknowledged are there nevertheless. */
  int wholeThoughUnacknowledged() {
    return whole;
  }

  /** Holds one push, finished or not, to what a registry promises. */
  void check(Attempt attempt) throws IOException {
    RandomImage image = attempt.image();
    boolean tagged = visible(image, image.tag());
    boolean stored = visible(image, image.digest().toString());
    if (attempt.acknowledged() && !tagged) {
      faults.add(image + " was acknowledged and its tag is gone");
    }
    if (attempt.acknowledged() && !stored) {
      faults.add(image + " was acknowledged and its manifest is gone");
    }
    if (!attempt.acknowledged() && (tagged || stored)) {
      whole++;
    }
    boolean complete = attempt.acknowledged() || tagged || stored;
    for (RandomBlob blob : blobs(image)) {
      check(image, blob, complete || attempt.blobs().contains(blob.digest()));
    }
  }

  /** Every tag that is listed was pushed and is there. */
  void checkTags(String repository, List<Attempt> attempts) throws IOException {
    var response = client.tags(repository);
    String list = new String(response.body(), UTF_8);
    if (response.statusCode() == 404) {
      list = "";
    } else if (response.statusCode() != 200) {
      faults.add("the tags of " + repository + " answer " + response.statusCode() + ": " + list);
    }
    for (Attempt attempt : attempts) {
      RandomImage image = attempt.image();
      if (list.contains('"' + image.tag() + '"') != visible(image, image.tag())) {
        faults.add(image + " is listed but not there, or there but not listed");
      }
    }
  }

  private static List<RandomBlob> blobs(RandomImage image) {
    return Stream.concat(image.layers().stream(), Stream.of(image.config())).toList();
  }

  private boolean visible(RandomImage image, String reference) throws IOException {
    var response = client.manifest(image.repository(), reference);
    if (response.statusCode() == 200 && !Arrays.equals(response.body(), image.manifest())) {
      faults.add(image + " by " + reference + " is not the manifest that was pushed");
    } else if (response.statusCode() != 200 && response.statusCode() != 404) {
      faults.add(image + " by " + reference + " answers " + response.statusCode());
    }
    return response.statusCode() == 200;
  }

  private void check(RandomImage image, RandomBlob blob, boolean mustBeThere) throws IOException {
    var response = client.blob(image.repository(), blob.digest());
    int status = response.statusCode();
    if (status == 200 && !Digest.sha256(response.body()).equals(blob.digest())) {
      faults.add(image + " has other bytes under " + blob.digest());
    } else if (status != 200 && mustBeThere) {
      faults.add(image + " lost " + blob.digest() + ", which answers " + status);
    } else if (status != 200 && status != 404) {
      faults.add(image + " has a blob that answers " + status + ": " + blob.digest());
    }
  }
}
