//! Where the file lies: SQLite's locks and shared memory work on local disks only.

use std::path::{Path, PathBuf};

use crate::portal::store::StoreError;

/// File systems another machine may write to, as mount tables name them.
const NETWORKED: &[&str] = &[
    "9p",
    "afp",
    "afpfs",
    "afs",
    "beegfs",
    "ceph",
    "cifs",
    "coda",
    "davfs",
    "fuse.ceph",
    "fuse.curlftpfs",
    "fuse.gcsfuse",
    "fuse.glusterfs",
    "fuse.rclone",
    "fuse.s3fs",
    "fuse.smbnetfs",
    "fuse.sshfs",
    "gfs",
    "gfs2",
    "glusterfs",
    "lustre",
    "ncpfs",
    "nfs",
    "nfs4",
    "ocfs2",
    "smb3",
    "smbfs",
    "webdav",
];

/// Refuses a file on a network file system.
pub(super) fn must_be_local(path: &Path) -> Result<(), StoreError> {
    let Some(folder) = folder(path) else { return Ok(()) };
    match mounts().and_then(|mounts| kind_of(&folder, &mounts)) {
        Some(kind) if NETWORKED.contains(&kind.as_str()) => {
            Err(StoreError::NetworkFileSystem { path: path.to_owned(), kind })
        }
        _ => Ok(()),
    }
}

/// The folder the file is or will be in, with links followed; none when there is no such folder, which opening tells.
fn folder(path: &Path) -> Option<PathBuf> {
    if let Ok(file) = path.canonicalize() {
        return file.parent().map(Path::to_owned);
    }
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    parent.canonicalize().ok()
}

/// Mount points with the kind of file system.
type Mounts = Vec<(PathBuf, String)>;

#[cfg(target_os = "linux")]
fn mounts() -> Option<Mounts> {
    Some(parse_mountinfo(&std::fs::read_to_string("/proc/self/mountinfo").ok()?))
}

#[cfg(not(target_os = "linux"))]
fn mounts() -> Option<Mounts> {
    let listed = std::process::Command::new("/sbin/mount").output().ok()?;
    Some(parse_mount(&String::from_utf8_lossy(&listed.stdout)))
}

/// The kind of file system a folder is on: that of the longest mount point above it, the last one where several are.
fn kind_of(folder: &Path, mounts: &Mounts) -> Option<String> {
    let above = mounts.iter().filter(|(point, _)| folder.starts_with(point));
    above.max_by_key(|(point, _)| point.as_os_str().len()).map(|(_, kind)| kind.clone())
}

/// Linux: `36 35 98:0 /root /mount/point options … - kind source options`, with spaces in names as `\040`.
#[cfg(any(target_os = "linux", test))]
fn parse_mountinfo(table: &str) -> Mounts {
    let line = |line: &str| {
        let (before, after) = line.split_once(" - ")?;
        let point = before.split(' ').nth(4)?;
        let point = point.replace("\\040", " ").replace("\\011", "\t").replace("\\012", "\n").replace("\\134", "\\");
        Some((PathBuf::from(point), after.split(' ').next()?.to_owned()))
    };
    table.lines().filter_map(line).collect()
}

/// macOS: `//rosa@server/share on /Volumes/share (smbfs, nodev, …)`.
#[cfg(any(not(target_os = "linux"), test))]
fn parse_mount(table: &str) -> Mounts {
    let line = |line: &str| {
        let (before, options) = line.rsplit_once(" (")?;
        let (_, point) = before.split_once(" on ")?;
        let kind = options.split([',', ')']).next()?;
        Some((PathBuf::from(point), kind.to_owned()))
    };
    table.lines().filter_map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_mount_point_decides() {
        let mounts = parse_mountinfo(
            "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n\
             90 22 0:50 / /srv/city\\040data rw - nfs4 server:/data rw\n\
             91 90 8:2 / /srv/city\\040data/local rw shared:3 master:1 - xfs /dev/sdb rw\n\
             92 22 0:51 / /mnt rw - ext4 /dev/sdc rw\n\
             93 92 0:52 / /mnt rw - fuse.sshfs host: rw\n",
        );
        let kind = |folder: &str| kind_of(Path::new(folder), &mounts).unwrap();
        assert_eq!(kind("/var/lib/citytime"), "ext4");
        assert_eq!(kind("/srv/city data"), "nfs4");
        assert_eq!(kind("/srv/city data/local/db"), "xfs");
        assert_eq!(kind("/srv/city"), "ext4");
        assert_eq!(kind("/mnt/x"), "fuse.sshfs");
    }

    #[test]
    fn macos_mounts_are_read() {
        let mounts = parse_mount(
            "/dev/disk3s1 on / (apfs, sealed, local)\n//rosa@server/share on /Volumes/city share (smbfs, nodev)\n",
        );
        assert_eq!(kind_of(Path::new("/Volumes/city share/db"), &mounts).unwrap(), "smbfs");
        assert_eq!(kind_of(Path::new("/Users/rosa"), &mounts).unwrap(), "apfs");
    }

    #[test]
    fn a_local_disk_is_fine() {
        let folder = tempfile::tempdir().unwrap();
        must_be_local(&folder.path().join("city.db")).unwrap();
    }
}
