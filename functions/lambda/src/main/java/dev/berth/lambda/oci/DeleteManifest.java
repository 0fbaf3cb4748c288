package dev.berth.lambda.oci;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.Reference.ByDigest;
import dev.berth.core.oci.Reference.ByTag;
import dev.berth.core.oci.Tag;
import dev.berth.lambda.http.Headers;
import dev.berth.lambda.http.Response;
import dev.berth.registry.image.ImageDeletion;
import dev.berth.registry.image.TagDeletion;

/**
 * DELETE of a manifest: by digest the image with all its tags, by tag the tag alone ("Deleting
 * tags").
 */
final class DeleteManifest implements Exchange {

  private final ImageDeletion images;
  private final TagDeletion tags;

  DeleteManifest(ImageDeletion images, TagDeletion tags) {
    this.images = images;
    this.tags = tags;
  }

  @Override
  public Response answer(Call call) {
    switch (ManifestReference.existing(call)) {
      case ByTag(Tag tag) -> tags.untag(call.account(), call.repository(), tag);
      case ByDigest(Digest digest) -> images.delete(call.account(), call.repository(), digest);
    }
    return new Response(202, Headers.none());
  }
}
