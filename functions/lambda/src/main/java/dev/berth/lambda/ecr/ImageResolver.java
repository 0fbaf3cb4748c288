package dev.berth.lambda.ecr;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.core.oci.Tag;
import dev.berth.registry.image.ImageListing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds out which images identifiers mean, with one look at all their tags. */
final class ImageResolver {

  private final ImageListing listing;

  ImageResolver(ImageListing listing) {
    this.listing = listing;
  }

  /**
   * What the identifiers mean.
   *
   * @param images in the order of the identifiers; whether those of a digest exist is not known yet
   * @param failures of the identifiers that mean nothing
   */
  record Resolution(List<Resolved> images, List<ImageFailure> failures) {}

  /** An identifier, the image that it means, and the tag that it names. */
  record Resolved(ImageIdentifier id, Digest digest, Optional<Tag> tag) {}

  Resolution resolve(String account, RepositoryName name, List<ImageIdentifier> ids) {
    List<Tag> tags =
        ids.stream().flatMap(id -> id.imageTag().flatMap(Tag::parse).stream()).distinct().toList();
    Map<Tag, Digest> tagged = listing.resolve(account, name, tags);
    var resolution = new Resolution(new ArrayList<>(), new ArrayList<>());
    ids.stream().distinct().forEach(id -> resolve(id, tagged, resolution));
    return resolution;
  }

  private static void resolve(
      ImageIdentifier id, Map<Tag, Digest> tagged, Resolution resolution) {
    Optional<Digest> digest = id.imageDigest().flatMap(Digest::parse);
    Optional<Tag> tag = id.imageTag().flatMap(Tag::parse);
    Optional<Digest> byTag = tag.map(tagged::get);
    if (id.imageDigest().isEmpty() && id.imageTag().isEmpty()) {
      resolution.failures().add(new ImageFailure(id, ImageFailure.Code.MissingDigestAndTag));
    } else if (id.imageDigest().isPresent() && digest.isEmpty()) {
      resolution.failures().add(new ImageFailure(id, ImageFailure.Code.InvalidImageDigest));
    } else if (id.imageTag().isPresent() && tag.isEmpty()) {
      resolution.failures().add(new ImageFailure(id, ImageFailure.Code.InvalidImageTag));
    } else if (tag.isPresent() && byTag.isEmpty()) {
      resolution.failures().add(new ImageFailure(id, ImageFailure.Code.ImageNotFound));
    } else if (digest.isPresent() && byTag.isPresent() && !digest.equals(byTag)) {
      resolution.failures().add(new ImageFailure(id, ImageFailure.Code.ImageTagDoesNotMatchDigest));
    } else {
      resolution.images().add(new Resolved(id, digest.or(() -> byTag).orElseThrow(), tag));
    }
  }
}
