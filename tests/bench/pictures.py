"""What a photo of 25 megapixels costs: the request that stores it, the task that draws its sizes, everybody else
meanwhile, ten at once; and what the sizes weigh.

Each step is a process of its own, because memory is what a process had at its most.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image, ImageCms

from news.pictures import drawn, sizes, taken_in
from tests.bench.table import Row, tell
from tests.demosite import empty_site

BUDGET = 400
SIZE, MANY = (6144, 4096), 10
DRAWINGS = Path(__file__).parents[2] / "driversite" / "demo" / "pictures"
UPLOAD = "/admin/news/photo/upload/"


def camera_pictures(folder):
    """A drawing of the demo as a camera would have taken it: large, turned, with noise, in another colour space; and
    the same from other moments."""
    drawing = Image.open(DRAWINGS / "eifel.jpg").convert("RGB").resize(SIZE)
    noise = Image.effect_noise((1024, 1024), 30).resize(SIZE).convert("RGB")
    picture, exif = Image.blend(drawing, noise, 0.12), Image.Exif()
    exif[0x0112] = 6
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    other = profile.replace(b"\0s\0R\0G\0B", b"\0x\0R\0G\0B")
    for number in range(MANY):
        picture.paste((25 * number, 0, 0), (0, 0, 64, 64))
        picture.save(folder / f"{number}.jpg", quality=92, exif=exif, icc_profile=other)


def most_memory():
    """Megabytes that this process had at its most."""
    (line,) = (
        line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")
    )
    return int(line.split()[1]) // 1024


def editor():
    user, _new = get_user_model().objects.get_or_create(username="bench", is_staff=True, is_superuser=True)
    client = Client(raise_request_exception=True)
    client.force_login(user)
    return client


def timed(work):
    """Seconds until it is done, and how many of them a processor worked for it: the rest went to others."""
    start, worked = time.perf_counter(), time.process_time()
    work()
    return {"seconds": time.perf_counter() - start, "processor": time.process_time() - worked}


def sent(client, path):
    answer = client.post(
        UPLOAD,
        {"files": [SimpleUploadedFile("a.jpg", path.read_bytes())], "credit": "Foto: Erika Muster"},
        headers={"Accept": "application/json"},
    )
    assert answer.json()["states"] == ["stored"], answer.content


def upload(folder):
    client = editor()
    return timed(lambda: sent(client, folder / "0.jpg"))


def task(folder):
    photo = apps.get_model("news.Photo")(file=ContentFile((folder / "0.jpg").read_bytes(), name="a.jpg"))
    photo.save()
    Path("/proc/self/clear_refs").write_text("5")  # the most is counted from here on
    return timed(photo.make_renditions)


def others(folder):
    """How long a page takes that somebody else asks the same process for: with nothing else to do, during an upload,
    and while the sizes are drawn."""
    reader, client = Client(), editor()

    def asked(until):
        taken = []
        while not until(len(taken)):
            start = time.perf_counter()
            assert reader.get("/impressum/").status_code == 200
            taken.append(1000 * (time.perf_counter() - start))
        return taken

    def beside(work):
        thread = threading.Thread(target=work)
        thread.start()
        return asked(lambda _count: not thread.is_alive())

    asked(lambda count: count == 20)
    found = {
        "idle": asked(lambda count: count == 100),
        "upload": beside(lambda: sent(client, folder / "0.jpg")),
        "task": beside(lambda: apps.get_model("news.Photo").objects.get().make_renditions()),
    }
    return {name: [statistics.median(taken), max(taken)] for name, taken in found.items()}


def ten(folder):
    threads = [threading.Thread(target=sent, args=(editor(), path)) for path in sorted(folder.glob("*.jpg"))]

    def work():
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    return timed(work)


def weights(folder):
    """Average KB of the demo's drawings, by format and width."""

    found = {}
    for path in sorted(DRAWINGS.glob("*.jpg")):
        original = taken_in(path.read_bytes()).original
        for size, picture in drawn(original.data, sizes(original.width, original.height)):
            if size.width != original.width or original.width in (480, 800, 1200, 1600):
                name = "share picture" if size.crop else size.format
                found.setdefault(name, {}).setdefault(size.width, []).append(len(picture.data) / 1024)
    return {
        name: {w: statistics.mean(of) for w, of in sorted(widths.items())} for name, widths in found.items()
    }


STEPS = {step.__name__: step for step in (upload, task, others, ten, weights)}


def measured(step, folder):
    """What the step found, from a process of its own."""
    command = [sys.executable, "-m", "tests.bench.pictures", step, folder]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def rows():
    with tempfile.TemporaryDirectory() as folder:
        camera_pictures(Path(folder))
        for step, what in (
            ("upload", "the upload"),
            ("task", "all its sizes"),
            ("ten", "ten uploads at once"),
        ):
            found = measured(step, folder)
            times = f"{found['seconds']:.1f} s, {found['processor']:.1f} s of them at work"
            figure = f"{times}, {found['memory']} MB at most"
            budget = (f"< {BUDGET} MB", found["memory"] < BUDGET) if step != "ten" else ()
            yield Row(f"25-megapixel JPEG, {what}", figure, *budget)
        words = {
            "idle": "with nothing else to do",
            "upload": "during an upload",
            "task": "while sizes are drawn",
        }
        for name, (median, longest) in measured("others", folder).items():
            yield Row(
                f"a page from the same process, {words[name]}", f"{median:.0f} ms, at most {longest:.0f} ms"
            )
        for name, widths in measured("weights", folder).items():
            figure = ", ".join(f"{width}: {weight:.0f}" for width, weight in widths.items())
            yield Row(f"KB of a photo by width, {name}", figure)


def main():
    if not {*sys.argv} & STEPS.keys():
        return tell(rows)
    step, folder = sys.argv[1:]
    with empty_site():
        found = STEPS[step](Path(folder))
        found |= {"memory": most_memory()} if "seconds" in found else {}
        print(json.dumps(found))


if __name__ == "__main__":
    main()
